description = "The containers that sent and received the most bytes."
short_description = "Containers by network bytes"
category = "Net"
args = {}

local top = require "top"

function on_init()
    return top.by {
        keys = "container.name", titles = "container.name",
        value = "evt.rawarg.res", title = "Bytes",
        filter = "(fd.type=ipv4 or fd.type=ipv6) and evt.is_io=true and container.name!=host",
        most = 100, units = "bytes",
    }
end
