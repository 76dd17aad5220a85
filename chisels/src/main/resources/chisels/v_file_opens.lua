local parts = require "view_parts"

view_info = {
    id = "file_opens",
    name = "File Opens List",
    description = "Each file that was opened, or failed to be: when, with which result, and by whom.",
    tips = {"Filter the rows (F4) by ENOENT to see what programs look for and do not find."},
    tags = {"Default"},
    view_type = "list",
    applies_to = parts.offered({"", "container.id", "proc.pid", "thread.nametid", "proc.name", "thread.tid", "fd.sport",
        "fd.sproto", "fd.name", "fd.containername", "fd.directory", "fd.containerdirectory", "evt.res"}),
    filter = "evt.type in (open, openat, openat2) and evt.dir=<",
    columns = {
        {name = "TIME", field = "evt.time", description = "When it was opened.", colsize = 19},
        {name = "RES", field = "evt.res", description = "SUCCESS or the error.", colsize = 8},
        {name = "FILE", field = "fd.name", description = "Path of the file.", colsize = 40},
        {name = "Container", field = "container.name", description = "Container of the process.", colsize = 20,
            tags = {"containers"}},
        {name = "Command", field = "proc.exeline", description = "Command line of the process.", colsize = 0,
            aggregation = "MAX"},
    },
    actions = {
        {hotkey = "l", command = "less %fd.name", description = "read the file", wait_finish = false},
    },
}
