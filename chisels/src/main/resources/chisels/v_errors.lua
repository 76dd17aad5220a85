local parts = require "view_parts"

view_info = {
    id = "errors",
    name = "Errors",
    description = "The errors that calls ended with, by how often they came.",
    tips = {"Enter shows which processes had an error, dig (F6) each call; the view error_paths says on which file or address."},
    tags = {"Default", "wsysdig"},
    view_type = "table",
    applies_to = parts.offered({"", "container.id", "proc.pid", "thread.nametid", "proc.name", "thread.tid", "fd.sport",
        "fd.sproto", "fd.directory", "fd.containerdirectory"}),
    filter = "evt.res != SUCCESS",
    use_defaults = true,
    drilldown_target = "procs_errors",
    columns = {
        {name = "NA", field = "evt.res", is_key = true},
        {name = "COUNT", field = "evt.count", description = "How often the error came.", colsize = 12, aggregation = "SUM",
            is_sorting = true},
        {name = "ERROR", field = "evt.res", description = "Name of the error.", colsize = 0},
    },
}
