local parts = require "view_parts"

view_info = {
    id = "files",
    name = "Files",
    description = "The files that were used, with the I/O on them.",
    tips = {"Enter shows which processes use a file, echo (F5) what they read and write."},
    tags = {"Default", "wsysdig"},
    view_type = "table",
    applies_to = parts.offered({"", "container.id", "proc.pid", "thread.nametid", "proc.name", "thread.tid", "fd.sport",
        "fd.sproto", "fd.directory", "fd.containerdirectory", "evt.res"}),
    filter = "(fd.type=file or fd.type=directory) and fd.name!=''",
    use_defaults = true,
    drilldown_target = "procs",
    columns = {
        {name = "NA", field = "fd.name", is_key = true, tags = {"default"}},
        {name = "NA", field = "fd.containername", is_key = true, tags = {"containers"}},
        {name = "BYTES IN", field = "evt.buflen.file.in", description = "Bytes read.", colsize = 12, aggregation = "SUM"},
        {name = "BYTES OUT", field = "evt.buflen.file.out", description = "Bytes written.", colsize = 12,
            aggregation = "SUM"},
        {name = "OPS", field = "evt.count.exit", description = "Calls of any kind.", colsize = 9, aggregation = "SUM",
            is_sorting = true},
        {name = "OPENS", field = "evt.count.open", description = "How often it was opened.", colsize = 9,
            aggregation = "SUM"},
        {name = "ERRORS", field = "evt.count.error", description = "Calls that failed.", colsize = 9, aggregation = "SUM"},
        {name = "Container", field = "container.name", description = "Container of the process.", colsize = 20,
            tags = {"containers"}},
        {name = "FILENAME", field = "fd.name", description = "Path of the file.", colsize = 0},
    },
    actions = {
        {hotkey = "l", command = "less %fd.name", description = "read the file", wait_finish = false},
    },
}
