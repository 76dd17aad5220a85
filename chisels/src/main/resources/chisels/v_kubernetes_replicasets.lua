local parts = require "view_parts"

view_info = {
    id = "kubernetes_replicasets",
    name = "K8s ReplicaSets",
    description = "The replica sets of Kubernetes with pods on this machine, and what they use.",
    tips = {"Enter shows the pods of a replica set."},
    tags = {},
    view_type = "table",
    applies_to = {"", "evt.res", "k8s.pod.id", "k8s.svc.id", "k8s.ns.id"},
    filter = "k8s.rs.id != ''",
    use_defaults = true,
    drilldown_target = "kubernetes_pods",
    columns = parts.pod_columns("k8s.rs.id", {
        {name = "NAME", field = "k8s.rs.name", description = "Its name.", colsize = 25},
        {name = "NAMESPACE", field = "k8s.ns.name", description = "Its namespace.", colsize = 20},
        {name = "LABELS", field = "k8s.rs.labels", description = "Its labels.", colsize = 0},
    }),
    actions = parts.pod_actions("rs ", "%k8s.rs.name"),
}
