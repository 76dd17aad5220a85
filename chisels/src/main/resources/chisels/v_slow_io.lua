local parts = require "view_parts"

view_info = {
    id = "slow_io",
    name = "Slow File I/O",
    description = "Each read and write of a file that took longer than a millisecond, the slowest first.",
    tags = {"Default", "wsysdig"},
    view_type = "table",
    applies_to = parts.offered({"", "container.id", "proc.pid", "thread.nametid", "thread.tid", "proc.name"}),
    filter = "evt.is_io=true and fd.type=file and (not fd.name contains '/dev/') and evt.latency>1000000",
    use_defaults = true,
    columns = {
        {name = "NA", field = "evt.rawtime", is_key = true},
        {name = "TIME", field = "evt.time", description = "When it ended.", colsize = 12},
        {name = "LATENCY", field = "evt.latency", description = "How long it took.", colsize = 8, is_sorting = true},
        {name = "FILENAME", field = "fd.name", description = "Path of the file.", colsize = 32},
        {name = "Container", field = "container.name", description = "Container of the process.", colsize = 20,
            tags = {"containers"}},
        {name = "PID", field = "proc.pid", description = "The process.", colsize = 12},
        {name = "Command", field = "proc.exeline", description = "Its command line.", colsize = 0, aggregation = "MAX"},
    },
}
