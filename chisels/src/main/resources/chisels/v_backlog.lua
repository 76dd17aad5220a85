view_info = {
    id = "backlog",
    name = "Socket Queues",
    description = "How full the queues of listening sockets are: connections that the kernel has accepted and the program "
        .. "has not yet.",
    tips = {"A backlog near 100 percent means that clients wait or are refused: the program accepts too slowly."},
    tags = {"Default"},
    view_type = "table",
    applies_to = {"", "proc.pid", "proc.name", "fd.sport", "fd.sproto"},
    filter = "evt.type=accept",
    use_defaults = true,
    drilldown_target = "connections",
    columns = {
        {name = "NA", field = "fd.sport", is_key = true},
        {name = "PID", field = "proc.pid", description = "Process that accepts.", colsize = 15},
        {name = "PORT", field = "fd.sport", description = "Port that it listens on.", colsize = 15},
        {name = "BACKLOG", field = "evt.arg[3]", description = "Connections that waited, on average.", colsize = 15,
            aggregation = "AVG", is_sorting = true},
        {name = "BACKLOG_PCT", field = "evt.arg[2]", description = "How full the queue was, in percent.", colsize = 15,
            aggregation = "AVG"},
        {name = "BACKLOG_MAX", field = "evt.arg[4]", description = "How many connections may wait.", colsize = 15},
        {name = "PROC", field = "proc.name", description = "Name of the process.", colsize = 50},
    },
}
