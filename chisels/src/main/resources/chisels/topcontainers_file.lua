description = "The containers that read and wrote the most bytes of files."
short_description = "Containers by file bytes"
category = "I/O"
args = {}

local top = require "top"

function on_init()
    return top.by {
        keys = "container.name", titles = "container.name",
        value = "evt.rawarg.res", title = "Bytes",
        filter = "fd.type=file and evt.is_io=true and container.name!=host",
        most = 10, units = "bytes",
    }
end
