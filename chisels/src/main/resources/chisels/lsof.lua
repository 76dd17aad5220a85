description = "The open file descriptors of every thread when the first event comes that passes the filter on the command "
    .. "line, by default the first of all."
short_description = "Open file descriptors"
category = "System State"
args = {
    {name = "filter", description = "only descriptors for which this holds, such as proc.name=foo and fd.name contains /etc",
        argtype = "filter", optional = true},
}

require "common"
local threads = require "thread_list"

local WIDTHS = {20, 8, 8, 8, 8, 12}

threads.start {
    header = threads.line(WIDTHS, "COMMAND", "PID", "TID", "USER", "FD", "TYPE", "NAME"),
    row = function(tid, thread, fd, info)
        print(threads.line(WIDTHS, thread.comm, thread.pid, tid, thread.username, fd, info.type, info.name))
    end,
}
