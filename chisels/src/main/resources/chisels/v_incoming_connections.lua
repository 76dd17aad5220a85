local parts = require "view_parts"

view_info = {
    id = "incoming_connections",
    name = "New Connections",
    description = "Each connection that a server on this machine accepted.",
    tags = {"Default"},
    view_type = "list",
    applies_to = parts.offered({"", "container.id", "proc.pid", "thread.nametid", "thread.tid", "proc.name", "fd.name",
        "fd.containername", "fd.sport", "fd.sproto", "fd.dport", "fd.port", "fd.lport", "fd.rport"}),
    filter = "evt.type in (accept, accept4) and evt.dir=< and evt.failed=false",
    columns = {
        {name = "TIME", field = "evt.time", description = "When it was accepted.", colsize = 19},
        {name = "Connection", field = "fd.name", description = "From where to where.", colsize = 40},
        {name = "Container", field = "container.name", description = "Container of the server.", colsize = 20,
            tags = {"containers"}},
        {name = "Command", field = "proc.exeline", description = "Command line of the server.", colsize = 0,
            aggregation = "MAX"},
    },
}
