view_info = {
    id = "port_bindings",
    name = "Port bindings",
    description = "When programs took ports to listen on, and gave them up.",
    tags = {"default", "wsysdig", "nocsysdig"},
    view_type = "list",
    applies_to = {""},
    filter = "(evt.type=bind and evt.dir=< and (fd.type=ipv4 or fd.type=ipv6)) or (evt.type=close and evt.dir=> and "
        .. "fd.typechar=2 and fd.type=ipv4)",
    use_defaults = true,
    columns = {
        {name = "TIME", field = "evt.time", description = "When it happened.", colsize = 12},
        {name = "OPERATION", field = "evt.type", description = "bind or close.", colsize = 24},
        {name = "PORT", field = "fd.sport", description = "The port.", colsize = 24},
        {name = "Command", field = "proc.exeline", description = "Command line of the process.", colsize = 0,
            aggregation = "MAX"},
    },
}
