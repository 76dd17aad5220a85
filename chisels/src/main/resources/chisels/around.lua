description = "Saves what threads did around the events that pass the filter on the command line: every event of the same "
    .. "thread, so many milliseconds before and behind, goes into another capture file. For example: -r in.scap -c around "
    .. "out.scap evt.failed=true"
short_description = "Export what happened around certain events"
category = "Misc"

local surroundings = require "surroundings"
local terminal = require "ansiterminal"
terminal.enable_color(true)

args = {}
for i, argument in ipairs(surroundings.arguments) do
    args[i] = {name = argument.name, description = argument.description, argtype = argument.argtype, optional = i > 1}
end

local time, process, thread

on_set_arg = surroundings.set

function on_init()
    if sysdig.get_filter() == "" then
        error("around needs a filter on the command line that says around which events", 0)
    end
    surroundings.init()
    time = chisel.request_field("evt.time")
    process = chisel.request_field("proc.name")
    thread = chisel.request_field("thread.tid")
    return true
end

on_capture_start = surroundings.start

function on_event()
    print(string.format("%s %s(%d)", evt.field(time), evt.field(process) or "<NA>", evt.field(thread)))
    surroundings.mark()
    return true
end

function on_capture_end()
    if sysdig.is_tty() then
        print(terminal.reset)
    end
    surroundings.export("\nSaving events around %d syslog entries to " .. surroundings.file():gsub("%%", "%%%%"))
    return true
end
