description = "Reads and writes of files that took longer than a number of milliseconds, a line for each; devices under /dev "
    .. "are left out. With -pc the container is shown too; lines of containers are blue, others green."
short_description = "Slow reads and writes of files"
category = "Performance"

local slower = require "slower"
args = slower.args

slower.start {
    filter = "evt.is_io=true and fd.type=file",
    columns = slower.io_columns,
    skip = function(name) return name:sub(1, 5) == "/dev/" end,
}
