description = "The IP sockets of every process when the first event comes that passes the filter on the command line, by "
    .. "default the first of all."
short_description = "Network connections"
category = "System State"
args = {
    {name = "filter", description = "only sockets for which this holds, such as proc.name=foo and fd.port=80",
        argtype = "filter", optional = true},
}

require "common"
local threads = require "thread_list"

local WIDTHS = {6, 25, 25, 15}

threads.start {
    filter = "(fd.type=ipv4 or fd.type=ipv6)",
    header = threads.line(WIDTHS, "Proto", "Server Address", "Client Address", "State", "TID/PID/Program Name"),
    row = function(tid, thread, _, info)
        local client, state = "0.0.0.0:*", "LISTEN"
        if info.cip then
            client, state = info.cip .. ":" .. info.cport, "ESTABLISHED"
        end
        print(threads.line(WIDTHS, info.l4proto, tostring(info.sip) .. ":" .. tostring(info.sport), client, state,
            tid .. "/" .. thread.pid .. "/" .. thread.comm))
    end,
}
