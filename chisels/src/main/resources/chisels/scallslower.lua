description = "System calls that took longer than a number of milliseconds, a line for each. With -pc the container is shown "
    .. "too; lines of containers are blue, others green."
short_description = "Slow system calls"
category = "Performance"

local slower = require "slower"
args = slower.args

slower.start {columns = slower.call_columns}
