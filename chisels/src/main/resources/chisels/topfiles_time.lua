description = "The files on which the most time was spent reading and writing. With -pc the container is shown too."
short_description = "Files by time"
category = "I/O"
args = {}

local top = require "top"

function on_init()
    return top.by {
        keys = "fd.name", titles = "Filename",
        container_keys = "fd.name,container.name", container_titles = "Filename,container.name",
        value = "evt.latency", title = "Time",
        filter = "fd.type=file and evt.is_io=true",
        most = 10, units = "time",
    }
end
