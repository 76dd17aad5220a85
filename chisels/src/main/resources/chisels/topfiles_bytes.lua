description = "The files of which the most bytes were read and written. With -pc the container is shown too."
short_description = "Files by bytes"
category = "I/O"
args = {}

local top = require "top"

function on_init()
    return top.by {
        keys = "fd.name", titles = "Filename",
        container_keys = "container.name,fd.name", container_titles = "container.name,Filename",
        value = "evt.rawarg.res", title = "Bytes",
        filter = "fd.type=file and evt.is_io=true",
        most = 10, units = "bytes",
    }
end
