description = "How many different file descriptors each value of a field used, most first: for example connections by "
    .. "process (proc.name) or by the other end's address (fd.cip). Descriptor 0 does not count."
short_description = "Numbers of file descriptors, by any field"
category = "I/O"
args = {
    {name = "key", description = "the field to group by", argtype = "string"},
}

require "common"

local key_name, key, fd, name
local seen = {}
local counts = {}

function on_set_arg(_, value)
    key_name = value
    return true
end

function on_init()
    key = chisel.request_field(key_name)
    fd = chisel.request_field("fd.num")
    name = chisel.request_field("fd.name")
    return true
end

function on_event()
    local group, number = evt.field(key), evt.field(fd)
    if group == nil or not number or number <= 0 then
        return true
    end
    local text = evt.field(name)
    if not text or text == "" then
        return true
    end
    local fds = seen[group]
    if not fds then
        fds = {}
        seen[group] = fds
        counts[group] = 0
    end
    local id = number .. text
    if not fds[id] then
        fds[id] = true
        counts[group] = counts[group] + 1
    end
    return true
end

function on_capture_end()
    for group, count in pairs_top_by_val(counts, 0, function(t, a, b) return t[a] > t[b] end) do
        print(group, count)
    end
    return true
end
