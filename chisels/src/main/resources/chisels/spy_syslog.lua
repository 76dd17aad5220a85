description = "Every message that processes send to syslog: facility and severity, who, what. On a terminal green, yellow for "
    .. "warnings, red for what is worse, blue for containers. With -pc the container is shown too. What the sending thread did "
    .. "around each message can be exported to a capture file. Filters may use the syslog fields."
short_description = "Messages to syslog"
category = "Logs"

require "common"
local surroundings = require "surroundings"
local terminal = require "ansiterminal"
terminal.enable_color(true)

args = {
    surroundings.arguments[1], surroundings.arguments[2],
    {name = "disable_color", description = "disable_colors: print without colours", argtype = "string", optional = true},
}

local WARNING = 4

local facility, severity, code, message, thread, process, container, container_id, with_containers, on_terminal

function on_set_arg(argument, value)
    if argument == "disable_color" then
        terminal.enable_color(not value:find("^disable_color"))
        return true
    end
    return surroundings.set(argument, value)
end

function on_init()
    surroundings.init()
    facility = chisel.request_field("syslog.facility.str")
    severity = chisel.request_field("syslog.severity.str")
    code = chisel.request_field("syslog.severity")
    message = chisel.request_field("syslog.message")
    thread = chisel.request_field("thread.tid")
    process = chisel.request_field("proc.name")
    container = chisel.request_field("container.name")
    container_id = chisel.request_field("container.id")
    with_containers = sysdig.is_print_container_data()
    on_terminal = sysdig.is_tty()
    sysdig.set_snaplen(1000)
    chisel.set_filter("fd.name contains /dev/log and evt.is_io_write=true and evt.dir=< and evt.failed=false")
    return true
end

on_capture_start = surroundings.start

local function color_of(level, place)
    if level == WARNING then
        return terminal.yellow
    elseif level < WARNING then
        return terminal.red
    end
    return place == "host" and terminal.green or terminal.blue
end

function on_event()
    local level = evt.field(code)
    if not level then
        return true
    end
    local place = evt.field(container) or "host"
    local line = string.format("%s.%s %s[%d] %s", evt.field(facility), evt.field(severity), evt.field(process) or "<NA>",
        evt.field(thread), evt.field(message) or "")
    if with_containers then
        line = string.format("%-20s %-20s %s", evt.field(container_id) or "host", place, line)
    end
    print((on_terminal and color_of(level, place) or "") .. line)
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
