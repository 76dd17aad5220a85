local parts = require "view_parts"

view_info = {
    id = "spy_users_wsysdig",
    name = "Spy Users",
    description = "The commands that are run and the changes of directory in shells, as a table for other programs.",
    tags = {"Default", "wsysdig", "nocsysdig"},
    view_type = "table",
    applies_to = parts.offered({"", "container.id", "proc.pid", "thread.nametid", "thread.tid", "proc.name"}),
    filter = "((evt.type=execve and evt.dir=<) or (evt.type=chdir and evt.dir=< and proc.name contains sh and not "
        .. "proc.name contains sshd)) and evt.failed=false",
    use_defaults = true,
    propagate_filter = false,
    drilldown_target = "threads",
    columns = {
        {name = "NA", field = "thread.nametid", is_key = true},
        {name = "TIME", field = "evt.time", description = "When it was run.", colsize = 12, is_sorting = true},
        {name = "USER", field = "user.name", description = "Who ran it.", colsize = 12},
        {name = "SHELL", field = "proc.ppid", description = "Process that it was run from.", colsize = 8},
        {name = "Container", field = "container.name", description = "Container that it was run in.", colsize = 20,
            tags = {"containers"}},
        {name = "Command", field = "proc.exeline", description = "The command.", colsize = 0, aggregation = "MAX"},
    },
}
