local parts = require "view_parts"

local actions = parts.process_actions()
actions[#actions + 1] = {hotkey = "f", command = "lsof -p %proc.pid", description = "list its open files"}
actions[#actions + 1] = {hotkey = "[", command = "renice $(expr $(ps -h -p %proc.pid -o nice) + 1) -p %proc.pid",
    description = "nicer by 1", wait_finish = false}
actions[#actions + 1] = {hotkey = "]", command = "renice $(expr $(ps -h -p %proc.pid -o nice) - 1) -p %proc.pid",
    description = "less nice by 1", wait_finish = false}

view_info = {
    id = "procs",
    name = "Processes",
    description = "All processes with the CPU time, memory, file and network I/O they use.",
    tips = {"Enter goes down to the threads of a process, F2 offers other views of the same process."},
    tags = {"Default", "wsysdig"},
    view_type = "table",
    applies_to = parts.above_processes(),
    is_root = true,
    filter = "evt.type!=switch",
    use_defaults = true,
    drilldown_target = "threads",
    columns = {
        {name = "NA", field = "thread.tid", is_key = true},
        {name = "NA", field = "proc.pid", is_groupby_key = true},
        {name = "PID", field = "proc.pid", description = "Id of the process.", colsize = 7},
        {name = "PPID", field = "proc.ppid", description = "Id of its parent.", colsize = 7},
        {name = "VPID", field = "proc.vpid", description = "Its id inside of its container.", colsize = 8,
            tags = {"containers"}},
        {name = "CPU", field = "thread.cpu", description = "CPU time used, in percent of one CPU.", colsize = 8,
            aggregation = "AVG", groupby_aggregation = "SUM", is_sorting = true},
        {name = "USER", field = "user.name", description = "Who runs it.", colsize = 12},
        {name = "TH", field = "proc.nthreads", description = "How many threads it has.", colsize = 5, aggregation = "MAX",
            groupby_aggregation = "MAX"},
        {name = "VIRT", field = "thread.vmsize.b", description = "Its virtual memory.", colsize = 9, aggregation = "MAX",
            groupby_aggregation = "MAX"},
        {name = "RES", field = "thread.vmrss.b", description = "Its memory that is really in RAM.", colsize = 9,
            aggregation = "MAX", groupby_aggregation = "MAX"},
        {name = "FILE", field = "evt.buflen.file", description = "Bytes read from and written to files, per second.",
            colsize = 8, aggregation = "TIME_AVG", groupby_aggregation = "SUM"},
        {name = "NET", field = "evt.buflen.net", description = "Bytes received from and sent to the network, per second.",
            colsize = 8, aggregation = "TIME_AVG", groupby_aggregation = "SUM"},
        {name = "CONTAINER", field = "container.name", description = "Its container.", colsize = 20, tags = {"containers"}},
        {name = "Command", field = "proc.exeline", description = "Its command line.", colsize = 0, aggregation = "MAX"},
    },
    actions = actions,
}
