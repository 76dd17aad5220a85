local parts = require "view_parts"

view_info = {
    id = "io_by_type",
    name = "I/O by Type",
    description = "Where I/O goes to: files, network, pipes and so on, with its volume and the time it takes.",
    tips = {"Enter shows the processes that do I/O of a type."},
    tags = {"Default", "wsysdig"},
    view_type = "table",
    applies_to = parts.offered({"", "container.id", "proc.pid", "thread.nametid", "proc.name", "thread.tid", "fd.sport",
        "fd.sproto", "evt.res"}),
    use_defaults = true,
    drilldown_target = "procs",
    columns = {
        {name = "NA", field = "fd.type", is_key = true},
        {name = "BPS IN", field = "evt.buflen.in", description = "Bytes read per second.", colsize = 12,
            aggregation = "TIME_AVG"},
        {name = "BPS OUT", field = "evt.buflen.out", description = "Bytes written per second.", colsize = 12,
            aggregation = "TIME_AVG"},
        {name = "IOPS", field = "evt.count", description = "Calls per second.", colsize = 9, aggregation = "TIME_AVG",
            is_sorting = true},
        {name = "TIME", field = "evt.latency", description = "Time spent in these calls.", colsize = 9, aggregation = "SUM"},
        {name = "I/O Type", field = "fd.type", description = "What the fd is open on.", colsize = 0, aggregation = "SUM"},
    },
}
