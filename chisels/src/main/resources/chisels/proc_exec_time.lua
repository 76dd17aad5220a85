description = "A line for each process that ended: how long it ran, its name and arguments. Yellow above 3 seconds, red above "
    .. "10; below, green for the host and blue for containers. With -pc the container is shown too."
short_description = "How long processes ran"
category = "Performance"
args = {
    {name = "disable_color", description = "disable_colors: print without colours", argtype = "string", optional = true},
}

require "common"
local terminal = require "ansiterminal"
terminal.enable_color(true)

local name, arguments, duration, container, container_id, with_containers

function on_set_arg(_, value)
    if value:find("^disable_color") then
        terminal.enable_color(false)
    end
    return true
end

local function line(time, id, place, process, words)
    if with_containers then
        return string.format("%-13.13s %-20.20s %-20.20s %-12.12s %s", time, id, place, process, words)
    end
    return string.format("%-13.13s %-12.12s %s", time, process, words)
end

function on_init()
    name = chisel.request_field("proc.name")
    arguments = chisel.request_field("proc.args")
    duration = chisel.request_field("proc.duration")
    container = chisel.request_field("container.name")
    container_id = chisel.request_field("container.id")
    with_containers = sysdig.is_print_container_data()
    chisel.set_filter("evt.type=procexit")
    print(line("proc.duration", "container.id", "container.name", "proc.name", "proc.args"))
    local dash = string.rep("-", 20)
    print(line(dash, dash, dash, dash, dash))
    return true
end

function on_event()
    local ns = evt.field(duration)
    if not ns then
        return true
    end
    local place = evt.field(container) or "host"
    local color = place == "host" and terminal.green or terminal.blue
    if ns > 10 * ONE_S_IN_NS then
        color = terminal.red
    elseif ns > 3 * ONE_S_IN_NS then
        color = terminal.yellow
    end
    print(color .. line(format_time_interval(ns), evt.field(container_id) or "", place, evt.field(name) or "<NA>",
        evt.field(arguments) or ""))
    return true
end

function on_capture_end()
    print(terminal.reset)
    return true
end
