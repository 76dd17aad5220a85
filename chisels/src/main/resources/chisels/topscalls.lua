description = "The system calls made most often; where enter and exit are both recorded, both count. With -pc the "
    .. "container is shown too."
short_description = "System calls by number"
category = "Performance"
args = {}

local top = require "top"

function on_init()
    return top.by {
        keys = "evt.type", titles = "Syscall",
        container_keys = "evt.type,container.name", container_titles = "Syscall,container.name",
        value = "evt.count", title = "# Calls",
        filter = "evt.type!=switch",
        most = 30, units = "none",
    }
end
