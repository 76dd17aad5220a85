description = "The threads there are when the first event comes that passes the filter on the command line, by default the "
    .. "first of all."
short_description = "Processes and threads"
category = "System State"
args = {
    {name = "filter", description = "only threads with a file descriptor for which this holds, such as fd.name contains /etc",
        argtype = "filter", optional = true},
}

require "common"
local threads = require "thread_list"

local WIDTHS = {8, 8, 12, 11, 11, 10}

threads.start {
    threads = true,
    header = threads.line(WIDTHS, "TID", "PID", "USER", "VIRT", "RES", "FDLIMIT", extend_string("CMD", 20)),
    row = function(tid, thread)
        print(threads.line(WIDTHS, tid, thread.pid, thread.username, format_bytes(thread.vmsize_kb * 1024),
            format_bytes(thread.vmrss_kb * 1024), thread.fdlimit, thread.comm))
    end,
}
