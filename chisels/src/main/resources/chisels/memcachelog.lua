description = "A line for each get and set command of memcached's text protocol, with the key and the size that a set gives."
short_description = "Log of memcached commands"
category = "Application"
args = {
    {name = "method", description = "get or set: only these", argtype = "string", optional = true},
    {name = "size", description = "only sets of at least so many bytes", argtype = "int", optional = true},
}

require "common"

local method, least = nil, 0
local data, time

function on_set_arg(name, value)
    if name == "method" then
        method = value
    else
        least = parse_numeric_input(value, name)
    end
    return true
end

function on_init()
    sysdig.set_snaplen(4096)
    chisel.set_filter("(fd.sport=11211 or proc.name=memcached) and evt.is_io=true")
    data = chisel.request_field("evt.rawarg.data")
    time = chisel.request_field("evt.datetime")
    return true
end

function on_event()
    local text = evt.field(data)
    local name, rest = (text or ""):match("^([gs]ets?) +([^\r\n]+)")
    if not name or method and name ~= method then
        return true
    end
    local words = split(rest, " +")
    local size = name == "set" and tonumber(words[4]) or 0
    if name == "set" and size < least then
        return true
    end
    print(string.format("%s method=%s size=%dB key=%s", evt.field(time), name, size, words[1]))
    return true
end
