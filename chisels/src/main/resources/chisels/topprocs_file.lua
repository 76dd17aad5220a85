description = "The processes that read and wrote the most bytes of files. With -pc the container is shown too."
short_description = "Processes by file bytes"
category = "I/O"
args = {}

local top = require "top"

function on_init()
    return top.by {
        keys = "proc.name,proc.pid", titles = "Process,PID",
        container_keys = "proc.name,proc.pid,thread.vtid,container.name",
        container_titles = "Process,Host_pid,Container_pid,container.name",
        value = "evt.rawarg.res", title = "Bytes",
        filter = "fd.type=file and evt.is_io=true",
        most = 10, units = "bytes",
    }
end
