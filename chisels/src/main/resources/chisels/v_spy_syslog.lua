local parts = require "view_parts"

view_info = {
    id = "spy_syslog",
    name = "Spy Syslog",
    description = "What programs write to the system log.",
    tags = {"Default"},
    view_type = "list",
    applies_to = parts.offered({"", "container.id", "proc.pid", "thread.nametid", "proc.name", "thread.tid", "fd.sport",
        "fd.sproto"}),
    filter = "fd.name contains /dev/log and evt.is_io_write=true and evt.dir=< and evt.failed=false",
    columns = {
        {name = "PID", field = "proc.pid", description = "The process.", colsize = 8},
        {name = "PROC", field = "proc.name", description = "Its name.", colsize = 8},
        {name = "FAC", field = "syslog.facility.str", description = "Kind of program that the message is from.", colsize = 8},
        {name = "SEV", field = "syslog.severity.str", description = "How grave it is.", colsize = 8},
        {name = "Container", field = "container.name", description = "Its container.", colsize = 20, tags = {"containers"}},
        {name = "MESSAGE", field = "syslog.message", description = "The message.", colsize = 0},
    },
}
