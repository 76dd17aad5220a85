local parts = require "view_parts"

view_info = {
    id = "procs_fd_usage",
    name = "Processes FD Usage",
    description = "How many fds each process has open, and how many it may have.",
    tips = {"A process near 100 percent will soon fail with EMFILE; one that grows and grows leaks fds."},
    tags = {"Default"},
    view_type = "table",
    applies_to = parts.above_processes(),
    is_root = true,
    filter = "evt.type!=switch",
    use_defaults = true,
    drilldown_target = "io_by_type",
    columns = {
        {name = "NA", field = "proc.pid", is_key = true},
        {name = "PID", field = "proc.pid", description = "The process.", colsize = 8},
        {name = "VPID", field = "proc.vpid", description = "Its id inside of its container.", colsize = 8,
            tags = {"containers"}},
        {name = "OPEN", field = "proc.fdopencount", description = "Open fds.", colsize = 8, aggregation = "MAX",
            is_sorting = true},
        {name = "MAX", field = "proc.fdlimit", description = "How many it may have.", colsize = 8, aggregation = "MAX"},
        {name = "PCT", field = "proc.fdusage", description = "How much of that it uses, in percent.", colsize = 8,
            aggregation = "MAX"},
        {name = "CONTAINER", field = "container.name", description = "Its container.", colsize = 20, tags = {"containers"}},
        {name = "Command", field = "proc.exeline", description = "Its command line.", colsize = 0, aggregation = "MAX"},
    },
    actions = parts.process_actions(),
}
