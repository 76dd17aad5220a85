-- What several views have in common: for which selections they are offered, and what can be done with a process, a container
-- or an object of Kubernetes.
local parts = {}

local pods = {"k8s.pod.id", "k8s.rc.id", "k8s.rs.id", "k8s.svc.id", "k8s.ns.id"}

-- The fields of a selection that a view is offered for: those given, and all that tell pods apart, save one.
function parts.offered(fields, save)
    local all = {}
    for _, field in ipairs(fields) do
        all[#all + 1] = field
    end
    for _, field in ipairs(pods) do
        if field ~= save then
            all[#all + 1] = field
        end
    end
    return all
end

-- Views about processes are offered for everything that several processes can have in common.
function parts.above_processes()
    return parts.offered({"", "container.id", "fd.name", "fd.containername", "fd.sport", "fd.sproto", "evt.type",
        "fd.directory", "fd.containerdirectory", "fd.type"})
end

function parts.process_actions()
    return {
        {hotkey = "9", command = "kill -9 %proc.pid", description = "kill at once (SIGKILL)", ask_confirmation = true,
            wait_finish = false},
        {hotkey = "c", command = "gcore %proc.pid", description = "write a core file"},
        {hotkey = "g", command = "gdb -p %proc.pid", description = "debug with gdb", wait_finish = false},
        {hotkey = "k", command = "kill %proc.pid", description = "ask it to end (SIGTERM)", ask_confirmation = true,
            wait_finish = false},
        {hotkey = "l", command = "ltrace -p %proc.pid", description = "trace its library calls"},
        {hotkey = "s", command = "gdb -p %proc.pid --batch --quiet -ex \"thread apply all bt full\" -ex \"quit\"",
            description = "print its stacks"},
    }
end

function parts.container_actions(stats)
    return {
        {hotkey = "a", command = "docker attach %container.id", description = "attach to it"},
        {hotkey = "b", command = "docker exec -i -t %container.id /bin/bash", description = "run a shell in it",
            wait_finish = false},
        {hotkey = "f", command = "docker logs -f %container.id", description = "follow its log"},
        {hotkey = "h", command = "docker history %container.image", description = "history of its image"},
        {hotkey = "i", command = "docker inspect %container.id", description = "all its properties"},
        {hotkey = "k", command = "docker kill %container.id", description = "kill it", ask_confirmation = true},
        {hotkey = "l", command = "docker logs %container.id", description = "its log"},
        stats and {hotkey = "s", command = "docker stats %container.id", description = "its use of resources"}
            or {hotkey = "s", command = "docker stop %container.id", description = "stop it"},
        {hotkey = "z", command = "docker pause %container.id", description = "freeze it"},
        {hotkey = "u", command = "docker unpause %container.id", description = "thaw it"},
        {hotkey = "w", command = "docker wait %container.id", description = "wait for its end"},
    }
end

-- The columns that every view of Kubernetes begins with; the last one is what rows are merged by.
function parts.pod_columns(id, rest)
    local columns = {
        {name = "NA", field = "thread.tid", is_key = true},
        {name = "CPU", field = "thread.cpu", description = "CPU time used, in percent of one CPU.", colsize = 8,
            aggregation = "AVG", groupby_aggregation = "SUM", is_sorting = true},
        {name = "VIRT", field = "thread.vmsize.b", description = "Virtual memory of all processes together.", colsize = 9,
            aggregation = "MAX", groupby_aggregation = "SUM"},
        {name = "RES", field = "thread.vmrss.b", description = "Memory that is really in RAM, of all processes together.",
            colsize = 9, aggregation = "MAX", groupby_aggregation = "SUM"},
        {name = "FILE", field = "evt.buflen.file", description = "Bytes read from and written to files, per second.",
            colsize = 8, aggregation = "TIME_AVG", groupby_aggregation = "SUM"},
        {name = "NET", field = "evt.buflen.net", description = "Bytes received from and sent to the network, per second.",
            colsize = 8, aggregation = "TIME_AVG", groupby_aggregation = "SUM"},
        {name = "NA", field = id, is_groupby_key = true},
        {name = "ID", field = id, description = "Its id.", colsize = 38},
    }
    for _, column in ipairs(rest) do
        columns[#columns + 1] = column
    end
    return columns
end

-- kubectl describe and delete for a kind of object.
function parts.pod_actions(kind, name, more)
    local prefix = "kubectl --namespace=%k8s.ns.name "
    local actions = {
        {hotkey = "d", command = prefix .. "describe " .. kind .. name, description = "describe it"},
        {hotkey = "x", command = prefix .. "delete " .. (kind == "services/" and "services " or kind) .. name,
            description = "delete it"},
    }
    for _, action in ipairs(more or {}) do
        actions[#actions + 1] = {hotkey = action[1], command = prefix .. action[2], description = action[3]}
    end
    return actions
end

return parts
