description = "The slowest system calls with their arguments, a line for each, slowest first. Calls that are made to wait "
    .. "(poll, select, epoll_wait, futex, nanosleep and their like) are left out; ask for them with the argument all."
short_description = "The slowest calls with their arguments"
category = "Performance"
args = {
    {name = "count", description = "how many calls to show, 20 if not given", argtype = "int", optional = true},
    {name = "which", description = "all: show calls that are made to wait too", argtype = "string", optional = true},
}

local rows = require "rows"

local WAITING = "poll, ppoll, select, pselect6, epoll_wait, epoll_pwait, epoll_pwait2, futex, nanosleep, clock_nanosleep, "
    .. "wait4, waitid, pause, rt_sigsuspend, rt_sigtimedwait, restart_syscall, io_getevents, switch"

local most = 20
local everything = false
local slowest = {}

function on_set_arg(name, value)
    if name == "count" then
        most = parse_numeric_input(value, name)
        return most >= 1
    end
    everything = value == "all"
    return everything
end

function on_init()
    local latency = chisel.request_field("evt.latency")
    local time = chisel.request_field("evt.time")
    local process = chisel.request_field("proc.name")
    local thread = chisel.request_field("thread.tid")
    local kind = chisel.request_field("evt.type")
    local name = chisel.request_field("fd.name")
    local arguments = chisel.request_field("evt.args")
    chisel.set_filter("evt.dir=<" .. (everything and "" or " and not evt.type in (" .. WAITING .. ")"))

    function on_event()
        local ns = evt.field(latency)
        if not ns or ns == 0 or slowest[most] and ns <= slowest[most].raw[1] then
            return true
        end
        local place = #slowest + 1
        while place > 1 and slowest[place - 1].raw[1] < ns do
            place = place - 1
        end
        local text = evt.field(arguments) or ""
        local file = evt.field(name)
        if file and file ~= "" and not text:find(file, 1, true) then
            text = file .. " " .. text
        end
        local who = string.format("%s (%d)", evt.field(process) or "<NA>", evt.field(thread))
        local row = {format_time_interval(ns), evt.field(time), who, evt.field(kind), text}
        row.raw = {ns, row[2], row[3], row[4], row[5]}
        table.insert(slowest, place, row)
        slowest[most + 1] = nil
        return true
    end

    rows.start {
        columns = {{"Latency", 10}, {"Time", 20}, {"Process", 24}, {"Syscall", 16}, {"Arguments"}},
        names = {"latency", "time", "process", "syscall", "arguments"},
        collect = function() return slowest end,
        clear = function() slowest = {} end,
    }
    return true
end
