description = "The processes that sent and received the most bytes. With -pc the container is shown too."
short_description = "Processes by network bytes"
category = "Net"
args = {}

local top = require "top"

function on_init()
    return top.by {
        keys = "proc.name,proc.pid", titles = "Process,PID",
        container_keys = "proc.name,proc.pid,thread.vtid,container.name",
        container_titles = "Process,Host_pid,Container_pid,container.name",
        value = "evt.rawarg.res", title = "Bytes",
        filter = "(fd.type=ipv4 or fd.type=ipv6) and evt.is_io=true",
        most = 100, units = "bytes",
    }
end
