description = "What is written to log files (names with .log, _log or /var/log, not compressed ones), a line for each line: "
    .. "who, which file, what. On a terminal green, yellow if it warns, red if it tells of an error. With -pc the container is "
    .. "shown too. What the writing thread did around each line can be exported to a capture file."
short_description = "Writes to log files"
category = "Logs"

require "common"
local surroundings = require "surroundings"
local terminal = require "ansiterminal"
terminal.enable_color(true)

args = {
    surroundings.arguments[1], surroundings.arguments[2],
    {name = "disable_color", description = "disable_colors: print without colours", argtype = "string", optional = true},
}

local LOGS = "(fd.name contains .log or fd.name contains _log or fd.name contains /var/log)"
    .. " and not (fd.name contains .gz or fd.name contains .tgz)"

local data, process, name, container, with_containers, on_terminal

function on_set_arg(argument, value)
    if argument == "disable_color" then
        terminal.enable_color(not value:find("^disable_color"))
        return true
    end
    return surroundings.set(argument, value)
end

function on_init()
    surroundings.init()
    data = chisel.request_field("evt.buffer")
    process = chisel.request_field("proc.name")
    name = chisel.request_field("fd.name")
    container = chisel.request_field("container.name")
    with_containers = sysdig.is_print_container_data()
    on_terminal = sysdig.is_tty()
    sysdig.set_snaplen(2000)
    sysdig.set_output_format("ascii")
    chisel.set_filter(LOGS .. " and evt.is_io_write=true and evt.dir=< and evt.failed=false")
    return true
end

on_capture_start = surroundings.start

local function color_of(message)
    local lower = message:lower()
    if lower:find("warn", 1, true) then
        return terminal.yellow
    elseif lower:find("err", 1, true) then
        return terminal.red
    end
    return terminal.green
end

function on_event()
    local who = (evt.field(process) or "<NA>") .. " " .. (evt.field(name) or "<NA>") .. " "
    local place = evt.field(container) or "<NA>"
    for message in (evt.field(data) or ""):gmatch("[^\n]+") do
        local text = who .. message
        if not on_terminal then
            print(with_containers and place .. " " .. text or text)
        else
            local color = color_of(message)
            if with_containers then
                print(string.format("%s %s %s %s %s", color, place == "host" and color or terminal.blue, place, color, text))
            else
                print(color .. " " .. text)
            end
        end
    end
    surroundings.mark()
    return true
end

function on_capture_end()
    if on_terminal then
        print(terminal.reset)
    end
    surroundings.export("Writing events for %d log entries")
    return true
end
