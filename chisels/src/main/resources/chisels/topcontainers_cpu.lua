description = "The containers that used the most CPU time, in percent of one CPU; all processes outside count as host."
short_description = "Containers by CPU time"
category = "CPU Usage"
args = {}

local cpu_table = require "cpu_table"

function on_init()
    cpu_table.start({"container.name"}, {"container.name"})
    return true
end
