description = "Reads and writes of IP sockets that took longer than a number of milliseconds, a line for each. With -pc the "
    .. "container is shown too; lines of containers are blue, others green."
short_description = "Slow network reads and writes"
category = "Performance"

local slower = require "slower"
args = slower.args

slower.start {
    filter = "evt.is_io=true and (fd.type=ipv4 or fd.type=ipv6)",
    columns = slower.io_columns,
}
