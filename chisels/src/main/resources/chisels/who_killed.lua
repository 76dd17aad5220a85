description = "The processes that were killed by a signal: when, which process, which signal, and who sent it (a process by "
    .. "kill, tkill or tgkill, the process itself, or the kernel). Signals that were sent but killed nobody are listed with "
    .. "the argument all."
short_description = "Who killed which process by which signal"
category = "Security"
args = {
    {name = "which", description = "all: show signals that killed nobody too", argtype = "string", optional = true},
}

local everything = false
local kind, time, process, pid, thread, target, target_thread, signal, sender, receiver, status
local last = {} -- by process or thread: the last signal sent to it, by number
local names = {}

local NAMES = {
    [1] = "SIGHUP", [2] = "SIGINT", [3] = "SIGQUIT", [4] = "SIGILL", [5] = "SIGTRAP", [6] = "SIGABRT", [7] = "SIGBUS",
    [8] = "SIGFPE", [9] = "SIGKILL", [10] = "SIGUSR1", [11] = "SIGSEGV", [12] = "SIGUSR2", [13] = "SIGPIPE", [14] = "SIGALRM",
    [15] = "SIGTERM", [16] = "SIGSTKFLT", [24] = "SIGXCPU", [25] = "SIGXFSZ", [26] = "SIGVTALRM", [27] = "SIGPROF",
    [29] = "SIGIO", [30] = "SIGPWR", [31] = "SIGSYS",
}

function on_set_arg(_, value)
    everything = value == "all"
    return everything
end

function on_init()
    kind = chisel.request_field("evt.type")
    time = chisel.request_field("evt.time")
    process = chisel.request_field("proc.name")
    pid = chisel.request_field("proc.pid")
    thread = chisel.request_field("thread.tid")
    target = chisel.request_field("evt.rawarg.pid")
    target_thread = chisel.request_field("evt.rawarg.tid")
    signal = chisel.request_field("evt.rawarg.sig")
    sender = chisel.request_field("evt.rawarg.spid")
    receiver = chisel.request_field("evt.rawarg.dpid")
    status = chisel.request_field("evt.rawarg.status")
    chisel.set_filter("evt.type in (kill, tkill, tgkill, signaldeliver, procexit)")
    print(string.format("%-19s%-26s%-12s%s", "TIME", "PROCESS", "SIGNAL", "SENT BY"))
    return true
end

local function who(name, id)
    return string.format("%s (%d)", name or names[id] or "<NA>", id)
end

local function line(victim, number, by)
    print(string.format("%-19s%-26s%-12s%s", evt.field(time), victim, NAMES[number] or "signal " .. number, by))
end

local function remember(id, number, by)
    last[id] = last[id] or {}
    last[id][number] = by
end

local function sent(call)
    local to, number = evt.field(target) or evt.field(target_thread), evt.field(signal)
    if not to or not number or number == 0 then
        return
    end
    local by = who(evt.field(process), evt.field(pid)) .. (to == evt.field(pid) and ", itself" or "") .. ", " .. call
    remember(to < -1 and -to or to, number, by)
    if to <= 0 then
        remember("group", number, by)
    end
    if everything then
        line(to > 0 and who(nil, to) or "group " .. -to, number, by .. " (sent)")
    end
end

local function delivered()
    local from, to, number = evt.field(sender), evt.field(receiver), evt.field(signal)
    if from and to and number and not (last[to] and last[to][number]) then
        remember(to, number, from == 0 and "the kernel" or who(nil, from))
    end
end

local function ended()
    local id, code = evt.field(pid), evt.field(status)
    if not code or evt.field(thread) ~= id then
        return
    end
    local number = code % 128
    if number ~= 0 then
        local by = last[id] and last[id][number] or last.group and last.group[number]
            or "not seen: the kernel, or before tracing began"
        line(who(evt.field(process), id), number, by .. (code % 256 >= 128 and ", core dumped" or ""))
    end
    last[id] = nil
end

function on_event()
    local id = evt.field(pid)
    if id then
        names[id] = evt.field(process)
    end
    local what = evt.field(kind)
    if what == "procexit" then
        ended()
    elseif what == "signaldeliver" then
        delivered()
    else
        sent(what)
    end
    return true
end
