local parts = require "view_parts"

view_info = {
    id = "directories",
    name = "Directories",
    description = "The directories whose files were used, with the I/O on them.",
    tips = {"Enter shows the files of a directory."},
    tags = {"Default", "wsysdig"},
    view_type = "table",
    applies_to = parts.offered({"", "container.id", "proc.pid", "thread.nametid", "proc.name", "thread.tid", "fd.sport",
        "fd.sproto", "evt.res"}),
    filter = "(fd.type=file or fd.type=directory) and fd.name!=''",
    use_defaults = true,
    drilldown_target = "files",
    columns = {
        {name = "NA", field = "fd.directory", is_key = true, tags = {"default"}},
        {name = "NA", field = "fd.containerdirectory", is_key = true, tags = {"containers"}},
        {name = "BYTES IN", field = "evt.buflen.file.in", description = "Bytes read.", colsize = 12, aggregation = "SUM"},
        {name = "BYTES OUT", field = "evt.buflen.file.out", description = "Bytes written.", colsize = 12,
            aggregation = "SUM"},
        {name = "OPS", field = "evt.count.exit", description = "Calls of any kind.", colsize = 9, aggregation = "SUM",
            is_sorting = true},
        {name = "OPENS", field = "evt.count.open", description = "How often a file was opened.", colsize = 9,
            aggregation = "SUM"},
        {name = "ERRORS", field = "evt.count.error", description = "Calls that failed.", colsize = 9, aggregation = "SUM"},
        {name = "Container", field = "container.name", description = "Container of the process.", colsize = 20,
            tags = {"containers"}},
        {name = "DIRNAME", field = "fd.directory", description = "The directory.", colsize = 0},
    },
    actions = {
        {hotkey = "l", command = "ls -al %fd.directory", description = "list the directory"},
    },
}
