local parts = require "view_parts"

view_info = {
    id = "sports",
    name = "Server Ports",
    description = "The ports that servers listen on, here or elsewhere, with their throughput.",
    tips = {"Enter shows the connections of a port."},
    tags = {"wsysdig"},
    view_type = "table",
    applies_to = parts.offered({"", "container.id", "proc.pid", "thread.nametid", "thread.tid", "proc.name", "evt.res"}),
    filter = "(fd.type=ipv4 or fd.type=ipv6) and fd.name!=''",
    use_defaults = true,
    drilldown_target = "connections",
    columns = {
        {name = "NA", field = "fd.sport", is_key = true},
        {name = "SPORT", field = "fd.sport", description = "The server's port.", colsize = 8},
        {name = "BPS IN", field = "evt.buflen.net.in", description = "Bytes received per second.", colsize = 12,
            aggregation = "TIME_AVG", is_sorting = true},
        {name = "BPS OUT", field = "evt.buflen.net.out", description = "Bytes sent per second.", colsize = 12,
            aggregation = "TIME_AVG"},
        {name = "IO CALLS", field = "evt.count", description = "Calls on its connections.", colsize = 12,
            aggregation = "SUM"},
    },
    actions = {
        {hotkey = "t", command = "tcpdump -niany port %fd.sport", description = "packets of the port", wait_finish = false},
    },
}
