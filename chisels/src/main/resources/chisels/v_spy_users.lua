local parts = require "view_parts"

view_info = {
    id = "spy_users",
    name = "Spy Users",
    description = "Each command that is run, and each change of directory in a shell, with who did it.",
    tips = {"Select a shell in the view Processes and open this one to follow one person."},
    tags = {"Default"},
    view_type = "list",
    applies_to = parts.offered({"", "container.id", "proc.pid", "thread.nametid", "thread.tid", "proc.name"}),
    filter = "((evt.type=execve and evt.dir=<) or (evt.type=chdir and evt.dir=< and proc.name contains sh and not "
        .. "proc.name contains sshd)) and evt.failed=false",
    use_defaults = true,
    columns = {
        {name = "TIME", field = "evt.time", description = "When it was run.", colsize = 12},
        {name = "USER", field = "user.name", description = "Who ran it.", colsize = 12},
        {name = "SHELL", field = "proc.ppid", description = "Process that it was run from.", colsize = 8},
        {name = "Container", field = "container.name", description = "Container that it was run in.", colsize = 20,
            tags = {"containers"}},
        {name = "Command", field = "proc.exeline", description = "The command.", colsize = 0, aggregation = "MAX"},
    },
}
