description = "Every second the bytes read from and written to files, and both together."
short_description = "Bytes in and out each second: files"
category = "I/O"
args = {}

local sums = require "io_sums"

function on_init()
    return sums.start("evt.is_io=true and fd.type=file")
end
