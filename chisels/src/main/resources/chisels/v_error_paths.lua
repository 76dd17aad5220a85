local parts = require "view_parts"

view_info = {
    id = "error_paths",
    name = "Errors by Path",
    description = "What failed, with which error, and on which file, address or other object.",
    tips = {"Enter shows the processes, dig (F6) each call."},
    tags = {"Default"},
    view_type = "table",
    applies_to = parts.offered({"", "container.id", "proc.pid", "thread.nametid", "proc.name", "thread.tid", "fd.sport",
        "fd.sproto", "fd.directory", "fd.containerdirectory", "evt.type", "evt.res"}),
    filter = "evt.failed=true",
    use_defaults = true,
    drilldown_target = "procs_errors",
    columns = {
        {name = "NA", field = "evt.failure", is_key = true},
        {name = "COUNT", field = "evt.count", description = "How often it failed so.", colsize = 9, aggregation = "SUM",
            is_sorting = true},
        {name = "ERROR", field = "evt.res", description = "Name of the error.", colsize = 13},
        {name = "CALL", field = "evt.type", description = "Call that failed.", colsize = 16},
        {name = "PROCESS", field = "proc.name", description = "The last process that it happened to.", colsize = 16,
            aggregation = "MAX"},
        {name = "Container", field = "container.name", description = "Container of the process.", colsize = 20,
            tags = {"containers"}},
        {name = "PATH", field = "evt.failure.path", description = "File, address or other object that it failed on.",
            colsize = 0},
    },
}
