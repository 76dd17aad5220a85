local parts = require "view_parts"

view_info = {
    id = "kubernetes_namespaces",
    name = "K8s Namespaces",
    description = "The namespaces of Kubernetes with pods on this machine, and what they use.",
    tips = {"Enter shows the pods of a namespace."},
    tags = {},
    view_type = "table",
    applies_to = {"", "evt.res", "k8s.pod.id", "k8s.rc.id", "k8s.rs.id", "k8s.svc.id"},
    filter = "k8s.ns.id != ''",
    use_defaults = true,
    drilldown_target = "kubernetes_pods",
    columns = parts.pod_columns("k8s.ns.id", {
        {name = "NAME", field = "k8s.ns.name", description = "Its name.", colsize = 25},
        {name = "LABELS", field = "k8s.ns.labels", description = "Its labels.", colsize = 0},
    }),
    actions = parts.pod_actions("namespaces ", "%k8s.ns.name"),
}
