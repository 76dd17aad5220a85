local parts = require "view_parts"

view_info = {
    id = "kubernetes_pods",
    name = "K8s Pods",
    description = "The pods of Kubernetes on this machine, and what they use.",
    tips = {"Enter shows the containers of a pod."},
    tags = {},
    view_type = "table",
    applies_to = {"", "evt.res", "k8s.rc.id", "k8s.rs.id", "k8s.svc.id", "k8s.ns.id"},
    filter = "k8s.pod.id != ''",
    use_defaults = true,
    drilldown_target = "containers",
    columns = parts.pod_columns("k8s.pod.id", {
        {name = "NAME", field = "k8s.pod.name", description = "Its name.", colsize = 25},
        {name = "NAMESPACE", field = "k8s.ns.name", description = "Its namespace.", colsize = 20},
        {name = "LABELS", field = "k8s.pod.labels", description = "Its labels.", colsize = 0},
    }),
    actions = parts.pod_actions("pods ", "%k8s.pod.name", {
        {"b", "exec %k8s.pod.name -i -t -- /bin/bash", "run a shell in it"},
        {"l", "logs %k8s.pod.name", "its log"},
        {"f", "logs -f %k8s.pod.name", "follow its log"},
        {"o", "logs -p %k8s.pod.name", "log of its predecessor"},
    }),
}
