local parts = require "view_parts"

view_info = {
    id = "syscalls",
    name = "System Calls",
    description = "Which calls are made, how often, and how much time is spent in them.",
    tips = {"Enter shows who makes a call, F12 how its latencies are spread."},
    tags = {"Default", "wsysdig"},
    view_type = "table",
    applies_to = parts.offered({"", "container.id", "proc.pid", "thread.nametid", "proc.name", "thread.tid", "fd.sport",
        "fd.sproto", "fd.name", "fd.containername", "fd.directory", "fd.containerdirectory", "evt.res"}),
    filter = "syscall.type exists",
    use_defaults = true,
    drilldown_target = "syscall_procs",
    columns = {
        {name = "NA", field = "evt.type", is_key = true},
        {name = "CALLS/S", field = "evt.count", description = "Events per second.", colsize = 10, aggregation = "TIME_AVG",
            is_sorting = true},
        {name = "TOT TIME", field = "evt.latency", description = "Time spent in the call.", colsize = 10,
            aggregation = "SUM"},
        {name = "AVG TIME", field = "evt.latency", description = "Time spent in it on average.", colsize = 10,
            aggregation = "AVG"},
        {name = "SYSCALL", field = "evt.type", description = "The call.", colsize = 32, aggregation = "SUM"},
    },
}
