view_info = {
    id = "notifications",
    name = "Notifications",
    description = "Where a capture says that a rule of Sysdig Secure was violated.",
    tags = {"nocsysdig"},
    view_type = "list",
    applies_to = {""},
    filter = "evt.type=notification",
    use_defaults = true,
    columns = {
        {name = "TIME", field = "evt.time", description = "When it was violated.", colsize = 12},
        {name = "ID", field = "evt.arg.id", description = "Id of the notification.", colsize = 24},
        {name = "Container", field = "container.name", description = "Container of the process.", colsize = 20,
            tags = {"containers"}},
        {name = "DESCRIPTION", field = "evt.arg.desc", description = "What was violated.", colsize = 0},
    },
}
