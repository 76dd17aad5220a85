description = "The data that processes read (red) and write (blue), with where it went and who did it. With -pc the container "
    .. "stands in between, green for the host. Use a filter to narrow it down, and -x, -X or -A for other ways to show data."
short_description = "Data read and written by processes"
category = "I/O"
args = {
    {name = "disable_color", description = "disable_colors: print without colours", argtype = "string", optional = true},
}

require "common"
local terminal = require "ansiterminal"
terminal.enable_color(true)

local is_read, count, name, process, container, container_id, with_containers, json_lines

function on_set_arg(_, value)
    if value:find("^disable_color") then
        terminal.enable_color(false)
    end
    return true
end

function on_init()
    is_read = chisel.request_field("evt.is_io_read")
    count = chisel.request_field("evt.rawarg.res")
    name = chisel.request_field("fd.name")
    process = chisel.request_field("proc.name")
    container = chisel.request_field("container.name")
    container_id = chisel.request_field("container.id")
    with_containers = sysdig.is_print_container_data()
    json_lines = sysdig.get_output_format() == "json"
    sysdig.set_snaplen(2000)
    chisel.set_filter("evt.is_io=true and evt.dir=< and evt.rawres>0")
    if json_lines then
        chisel.set_event_formatter("*%evt.time %proc.name %fd.name %evt.io_dir %evt.res %evt.arg.data")
    else
        chisel.set_event_formatter("%evt.arg.data")
    end
    return true
end

function on_event()
    if json_lines then
        return true
    end
    local size = format_bytes(evt.field(count))
    local color, what = terminal.blue, "Write " .. size .. " to"
    if evt.field(is_read) then
        color, what = terminal.red, "Read " .. size .. " from"
    end
    local place = ""
    if with_containers then
        local where = evt.field(container) or "<NA>"
        place = string.format("%s [%s] [%s]", where == "host" and terminal.green or terminal.cyan, where,
            evt.field(container_id) or "<NA>")
    end
    print(string.format("%s------ %s %s %s %s (%s)", color, what, place, color, evt.field(name) or "<NA>",
        evt.field(process) or "<NA>"))
    return true
end

function on_capture_end()
    if not json_lines then
        print(terminal.reset)
    end
    return true
end
