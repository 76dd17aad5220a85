description = "Every second the bytes read from and written to IP sockets, and both together."
short_description = "Bytes in and out each second: IP sockets"
category = "Net"
args = {}

local sums = require "io_sums"

function on_init()
    return sums.start("evt.is_io=true and (fd.type=ipv4 or fd.type=ipv6)")
end
