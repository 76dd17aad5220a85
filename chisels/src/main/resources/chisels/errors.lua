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
    local places = {}
    for i, name in ipairs {"fs.path.name", "evt.arg.path", "evt.arg.name", "fd.name"} do
        places[i] = chisel.request_field(name)
    end
    chisel.set_filter(filter)

    local function place()
        for _, field in ipairs(places) do
            local text = evt.field(field)
            if text and text ~= "" and text ~= "NULL" then
                return text
            end
        end
        return ""
    end

    function on_event()
        local key = (evt.field(process) or "<NA>") .. "\1\1" .. (evt.field(kind) or "<NA>") .. "\1\1"
            .. (evt.field(result) or "<NA>") .. "\1\1" .. place()
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
