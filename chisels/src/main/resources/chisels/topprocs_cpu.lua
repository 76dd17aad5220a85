description = "The processes that used the most CPU time, in percent of one CPU. With -pc the container is shown too."
short_description = "Processes by CPU time"
category = "CPU Usage"
args = {}

local cpu_table = require "cpu_table"

function on_init()
    if sysdig.is_print_container_data() then
        cpu_table.start({"proc.name", "proc.pid", "proc.vpid", "container.name"},
            {"Process", "Host_pid", "Container_pid", "container.name"})
    else
        cpu_table.start({"proc.name", "proc.pid"}, {"Process", "PID"})
    end
    return true
end
