description = "The system calls in which the most time was spent. With -pc the container is shown too."
short_description = "System calls by time"
category = "Performance"
args = {}

local top = require "top"

function on_init()
    return top.by {
        keys = "evt.type", titles = "Syscall",
        container_keys = "evt.type,container.name", container_titles = "Syscall,container.name",
        value = "evt.latency", title = "Time",
        filter = "",
        most = 30, units = "time",
    }
end
