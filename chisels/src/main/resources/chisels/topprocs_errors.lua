description = "The processes whose system calls failed most often. With -pc the container is shown too."
short_description = "Processes by failed calls"
category = "Errors"
args = {}

local top = require "top"

function on_init()
    return top.by {
        keys = "proc.name,proc.pid", titles = "Process,PID",
        container_keys = "proc.name,proc.pid,thread.vtid,container.name",
        container_titles = "Process,Host_pid,Container_pid,container.name",
        value = "evt.count", title = "#Errors",
        filter = "evt.failed=true",
        most = 100, units = "none",
    }
end
