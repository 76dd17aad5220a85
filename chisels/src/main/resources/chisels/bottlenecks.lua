description = "The ten system calls that took the longest to return, each with its enter and its exit event, longest first."
short_description = "The slowest system calls"
category = "Performance"
args = {}

local MOST = 10

local number, dir, kind, arguments, latency, process, thread
local entered = {}
local slowest = {}

function on_init()
    number = chisel.request_field("evt.num")
    dir = chisel.request_field("evt.dir")
    kind = chisel.request_field("evt.type")
    arguments = chisel.request_field("evt.args")
    latency = chisel.request_field("evt.latency")
    process = chisel.request_field("proc.name")
    thread = chisel.request_field("thread.tid")
    return true
end

local function line(duration, arrow)
    return string.format("%d) %d.%09d %s (%d) %s %s %s", evt.field(number), math.floor(duration / 1000000000),
        duration % 1000000000, evt.field(process) or "", evt.field(thread), arrow, evt.field(kind),
        evt.field(arguments) or "")
end

function on_event()
    local tid = evt.field(thread)
    if evt.field(kind) == "switch" then
        return true
    end
    local duration = evt.field(latency) or 0
    if duration == 0 then
        if evt.field(dir) == ">" then
            entered[tid] = {kind = evt.field(kind), line = line(0, ">")}
        end
        return true
    end
    local last = slowest[MOST]
    if last and duration <= last.duration then
        return true
    end
    local place = 1
    while slowest[place] and slowest[place].duration >= duration do
        place = place + 1
    end
    local enter = entered[tid]
    table.insert(slowest, place, {
        duration = duration, enter = enter and enter.kind == evt.field(kind) and enter.line, exit = line(duration, "<"),
    })
    slowest[MOST + 1] = nil
    return true
end

function on_capture_end()
    for _, call in ipairs(slowest) do
        if call.enter then
            print(call.enter)
        end
        print(call.exit)
    end
    return true
end
