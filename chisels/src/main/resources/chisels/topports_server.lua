description = "The server ports through which the most bytes went, whichever side this machine is on. With -pc the "
    .. "container is shown too."
short_description = "Server ports by bytes"
category = "Net"
args = {}

local top = require "top"

function on_init()
    return top.by {
        keys = "fd.sport", titles = "Srv Port",
        container_keys = "fd.sport,container.name", container_titles = "Srv Port,container.name",
        value = "evt.rawarg.res", title = "Bytes",
        filter = "(fd.type=ipv4 or fd.type=ipv6) and evt.is_io=true",
        most = 100, units = "bytes",
    }
end
