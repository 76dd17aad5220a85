description = "The processes that were started, as a tree: who started what, when, how long it ran and how it ended (exit "
    .. "status, or the signal that killed it)."
short_description = "Who started what, exit status, duration"
category = "System State"
args = {}

require "common"
local json = require "dkjson"

local kind, time, pid, thread, parent, name, parent_name, line, status, duration
local start
local nodes = {}
local order = {}

function on_init()
    kind = chisel.request_field("evt.type")
    time = chisel.request_field("evt.time")
    pid = chisel.request_field("proc.pid")
    thread = chisel.request_field("thread.tid")
    parent = chisel.request_field("proc.ppid")
    name = chisel.request_field("proc.name")
    parent_name = chisel.request_field("proc.pname")
    line = chisel.request_field("proc.cmdline")
    status = chisel.request_field("evt.rawarg.status")
    duration = chisel.request_field("proc.duration")
    chisel.set_filter("(evt.type in (execve, execveat) and evt.dir=< and evt.failed=false) "
        .. "or (evt.type in (clone, clone3, fork, vfork) and evt.dir=< and evt.rawres=0) or evt.type=procexit")
    return true
end

local function node(id)
    if not nodes[id] then
        nodes[id] = {pid = id, children = {}, seen = false, command = "<NA>"}
        order[#order + 1] = id
    end
    return nodes[id]
end

local function adopt(process)
    local above = evt.field(parent)
    if process.parent or not above or above <= 0 or above == process.pid then
        return
    end
    local starter = node(above)
    if not starter.seen and starter.command == "<NA>" then
        starter.command = evt.field(parent_name) or "<NA>"
    end
    process.parent = above
    table.insert(starter.children, process)
end

function on_event()
    local id = evt.field(pid)
    if not id or id < 0 or evt.field(thread) ~= id then
        return true
    end
    local seconds, nanoseconds = evt.get_ts()
    start = start or seconds
    local now = (seconds - start) * ONE_S_IN_NS + nanoseconds
    local process = node(id)
    local what = evt.field(kind)
    if what == "procexit" then
        process.status = evt.field(status)
        process.duration = evt.field(duration) or process.began and now - process.began
        process.ended = true
        if process.command == "<NA>" then
            process.command = evt.field(line) or evt.field(name) or "<NA>"
        end
    else
        process.started = process.started or evt.field(time)
        process.began = process.began or now
        process.timestamp = process.timestamp or sysdig.make_ts(seconds, nanoseconds)
        process.command = evt.field(line) or evt.field(name) or "<NA>"
    end
    process.seen = true
    adopt(process)
    return true
end

local function outcome(process)
    local code = process.status
    if not process.ended then
        return "running"
    elseif not code then
        return "ended"
    end
    local signal = code % 128
    if signal ~= 0 then
        return "signal " .. signal
    end
    return "exit " .. math.floor(code / 256) % 256
end

local function show(process, depth)
    local ran = process.duration and format_time_interval(process.duration) or ""
    print(string.format("%8d  %-19s%-10s%-11s%s%s", process.pid, process.started or "", ran,
        process.seen and outcome(process) or "", string.rep("  ", depth), process.command))
    for _, child in ipairs(process.children) do
        show(child, depth + 1)
    end
end

local function object(process)
    local children = setmetatable({}, {__jsontype = "array"})
    for i, child in ipairs(process.children) do
        children[i] = object(child)
    end
    return {pid = process.pid, command = process.command, started = process.timestamp, duration = process.duration,
        status = process.ended and process.status or nil, children = children}
end

function on_capture_end()
    local roots = setmetatable({}, {__jsontype = "array"})
    for _, id in ipairs(order) do
        local process = nodes[id]
        if not process.parent then
            roots[#roots + 1] = process
        end
    end
    if sysdig.get_output_format() == "json" then
        for i, root in ipairs(roots) do
            roots[i] = object(root)
        end
        print(json.encode(roots, {keyorder = {"pid", "command", "started", "duration", "status", "children"}}))
        return true
    end
    print(string.format("%8s  %-19s%-10s%-11s%s", "PID", "STARTED", "RAN", "END", "COMMAND"))
    print(string.rep("-", 80))
    for _, root in ipairs(roots) do
        show(root, 0)
    end
    return true
end
