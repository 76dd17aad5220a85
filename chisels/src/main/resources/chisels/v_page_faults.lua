local parts = require "view_parts"

view_info = {
    id = "page_faults",
    name = "Page Faults",
    description = "Page faults of each process since it began.",
    tips = {"Major faults read from a disk: many of them mean that memory is short."},
    tags = {"Default", "wsysdig"},
    view_type = "table",
    applies_to = parts.offered({"", "container.id", "fd.name", "fd.containername", "fd.sport", "fd.sproto", "evt.type",
        "fd.directory", "fd.containerdirectory"}),
    filter = "evt.type!=switch",
    use_defaults = true,
    drilldown_target = "errors",
    columns = {
        {name = "NA", field = "proc.pid", is_key = true},
        {name = "MAJOR", field = "thread.pfmajor", description = "Faults that had to read from a disk.", colsize = 9,
            aggregation = "MAX", is_sorting = true},
        {name = "MINOR", field = "thread.pfminor", description = "Faults that memory alone could serve.", colsize = 9,
            aggregation = "MAX"},
        {name = "PID", field = "proc.pid", description = "The process.", colsize = 8},
        {name = "VPID", field = "proc.vpid", description = "Its id inside of its container.", colsize = 8,
            tags = {"containers"}},
        {name = "Container", field = "container.name", description = "Its container.", colsize = 20, tags = {"containers"}},
        {name = "Command", field = "proc.exeline", description = "Its command line.", colsize = 0, aggregation = "MAX"},
    },
}
