description = "System calls that failed, by process, call and error, with the path or socket they were about: most frequent "
    .. "first. Calls that only say try again later (EAGAIN and EINPROGRESS) are left out; ask for them with the argument all."
short_description = "Failed calls by process, call, error and path"
category = "Errors"
args = {
    {name = "which", description = "all: count EAGAIN and EINPROGRESS too", argtype = "string", optional = true},
}

local rows = require "rows"

local filter = "evt.failed=true and not evt.res in (EAGAIN, EINPROGRESS)"
local sums = {}

function on_set_arg(_, value)
    if value ~= "all" then
        error("unknown argument '" .. value .. "': say all or nothing", 0)
    end
    filter = "evt.failed=true"
    return true
end

function on_init()
    local process = chisel.request_field("proc.name")
    local kind = chisel.request_field("evt.type")
    local result = chisel.request_field("evt.res")
    local path = chisel.request_field("fs.path.name")
    local name = chisel.request_field("fd.name")
    chisel.set_filter(filter)

    function on_event()
        local key = (evt.field(process) or "<NA>") .. "\1\1" .. (evt.field(kind) or "<NA>") .. "\1\1"
            .. (evt.field(result) or "<NA>") .. "\1\1" .. (evt.field(path) or evt.field(name) or "")
        sums[key] = (sums[key] or 0) + 1
        return true
    end

    rows.start {
        columns = {{"#Errors", 9}, {"Process", 18}, {"Syscall", 16}, {"Error", 14}, {"Path"}},
        names = {"count", "process", "syscall", "error", "path"},
        collect = function() return rows.of(sums, 100) end,
        clear = function() sums = {} end,
    }
    return true
end
