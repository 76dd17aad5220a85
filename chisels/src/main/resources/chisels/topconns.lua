description = "The network connections with the most bytes in and out, by protocol and both ends. With -pc the "
    .. "container is shown too."
short_description = "Connections by bytes"
category = "Net"
args = {}

local top = require "top"

function on_init()
    return top.by {
        keys = "fd.l4proto,fd.name", titles = "Proto,Conn",
        container_keys = "container.name,fd.l4proto,fd.name", container_titles = "container.name,Proto,Conn",
        value = "evt.rawarg.res", title = "Bytes",
        filter = "(fd.type=ipv4 or fd.type=ipv6) and evt.is_io=true",
        most = 30, units = "bytes",
    }
end
