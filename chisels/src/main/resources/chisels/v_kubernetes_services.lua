local parts = require "view_parts"

view_info = {
    id = "kubernetes_services",
    name = "K8s Services",
    description = "The services of Kubernetes with pods on this machine, and what they use.",
    tips = {"Enter shows the pods of a service."},
    tags = {},
    view_type = "table",
    applies_to = {"", "evt.res", "k8s.pod.id", "k8s.rc.id", "k8s.rs.id", "k8s.ns.id"},
    filter = "k8s.svc.id != ''",
    use_defaults = true,
    drilldown_target = "kubernetes_pods",
    columns = parts.pod_columns("k8s.svc.id", {
        {name = "NAME", field = "k8s.svc.name", description = "Its name.", colsize = 25},
        {name = "NAMESPACE", field = "k8s.ns.name", description = "Its namespace.", colsize = 20},
        {name = "LABELS", field = "k8s.svc.labels", description = "Its labels.", colsize = 0},
    }),
    actions = parts.pod_actions("services/", "%k8s.svc.name"),
}
