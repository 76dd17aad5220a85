local parts = require "view_parts"

view_info = {
    id = "kubernetes_deployments",
    name = "K8s Deployments",
    description = "The deployments of Kubernetes with pods on this machine, and what they use.",
    tips = {"Enter shows the pods of a deployment."},
    tags = {},
    view_type = "table",
    applies_to = {"", "evt.res", "k8s.pod.id", "k8s.svc.id", "k8s.ns.id"},
    filter = "k8s.deployment.id != ''",
    use_defaults = true,
    drilldown_target = "kubernetes_pods",
    columns = parts.pod_columns("k8s.deployment.id", {
        {name = "NAME", field = "k8s.deployment.name", description = "Its name.", colsize = 25},
        {name = "NAMESPACE", field = "k8s.ns.name", description = "Its namespace.", colsize = 20},
        {name = "LABELS", field = "k8s.deployment.labels", description = "Its labels.", colsize = 0},
    }),
    actions = parts.pod_actions("deployment ", "%k8s.deployment.name"),
}
