description = "The files on which the most system calls failed. With -pc the container is shown too."
short_description = "Files by failed calls"
category = "Errors"
args = {}

local top = require "top"

function on_init()
    return top.by {
        keys = "fd.name", titles = "Filename",
        container_keys = "fd.name,container.name", container_titles = "Filename,container.name",
        value = "evt.count", title = "#Errors",
        filter = "fd.type=file and evt.failed=true",
        most = 100, units = "none",
    }
end
