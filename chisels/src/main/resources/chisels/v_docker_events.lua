view_info = {
    id = "docker_events",
    name = "Docker Events",
    description = "What Docker did: containers started, stopped, killed and so on, as captures of a sysdig agent tell.",
    tags = {"Default", "nocsysdig"},
    view_type = "list",
    applies_to = {""},
    filter = "evt.type=infra",
    use_defaults = true,
    columns = {
        {name = "TIME", field = "evt.time", description = "When it happened.", colsize = 18},
        {name = "EVENT TYPE", field = "evt.arg.name", description = "What happened.", colsize = 20},
        {name = "CONTAINER ID", field = "evt.infra.docker.container.id", description = "Id of the container.", colsize = 20},
        {name = "CONTAINER IMAGE", field = "evt.infra.docker.container.image", description = "Image of the container.",
            colsize = 20},
        {name = "CONTAINER NAME", field = "evt.infra.docker.container.name", description = "Name of the container.",
            colsize = 0},
    },
}
