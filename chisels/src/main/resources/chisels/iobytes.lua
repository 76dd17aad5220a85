description = "Every second the bytes read from and written to any file descriptor, and both together."
short_description = "Bytes in and out each second: any file descriptor"
category = "I/O"
args = {}

local sums = require "io_sums"

function on_init()
    return sums.start("evt.is_io=true")
end
