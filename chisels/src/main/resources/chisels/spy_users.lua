description = "Every program that users start from a shell, and every directory they change to: the login shell's pid, the "
    .. "time, the user and the command, further in for what these commands start themselves. With -pc the container is shown "
    .. "too, blue for containers and green for the host."
short_description = "What users do in their shells"
category = "Security"
args = {
    {name = "max_depth", description = "how far down in the tree of processes to go", argtype = "int", optional = true},
    {name = "disable_color", description = "disable_colors: print without colours", argtype = "string", optional = true},
}

require "common"
local terminal = require "ansiterminal"
terminal.enable_color(true)

local ANCESTORS = 16

local deepest = math.huge
local kind, exe, arguments, directory, user, time, pid, parent, container, with_containers
local names, pids = {}, {}
local tree = {} -- by pid: depth below the shell and the shell's pid, or false where there is no shell above

function on_set_arg(name, value)
    if name == "max_depth" then
        deepest = parse_numeric_input(value, name)
    elseif value:find("^disable_color") then
        terminal.enable_color(false)
    end
    return true
end

function on_init()
    kind = chisel.request_field("evt.type")
    exe = chisel.request_field("proc.exe")
    arguments = chisel.request_field("proc.args")
    directory = chisel.request_field("evt.arg.path")
    user = chisel.request_field("user.name")
    time = chisel.request_field("evt.time.s")
    pid = chisel.request_field("proc.pid")
    parent = chisel.request_field("proc.ppid")
    container = chisel.request_field("container.name")
    for i = 0, ANCESTORS do
        names[i] = chisel.request_field("proc.aname[" .. i .. "]")
        pids[i] = chisel.request_field("proc.apid[" .. i .. "]")
    end
    with_containers = sysdig.is_print_container_data()
    chisel.set_filter("((evt.type=execve and evt.dir=<) or (evt.type=chdir and evt.dir=< and proc.name contains sh "
        .. "and not proc.name contains sshd)) and evt.failed=false")
    return true
end

-- The outermost shell among the ancestors from one on, and how far the first is below it.
local function shell_above(first)
    local found = false
    for i = first, ANCESTORS do
        local name = evt.field(names[i])
        if name == nil and evt.field(pids[i]) == nil then
            break
        elseif name and #name >= 2 and name:sub(-2) == "sh" then
            local id = evt.field(pids[i])
            found = {depth = tree[id] and i - 1 or 0, shell = id}
        end
    end
    return found
end

function on_event()
    local id = evt.field(pid)
    local changes_directory = evt.field(kind) == "chdir"
    local above = changes_directory and id or evt.field(parent)
    if tree[above] == nil then
        tree[above] = shell_above(changes_directory and 0 or 1)
    end
    if not tree[above] then
        return true
    end
    if not tree[id] then
        tree[id] = {depth = tree[above].depth + 1, shell = tree[above].shell}
    end
    local depth = changes_directory and tree[id].depth or tree[id].depth - 1
    if depth > deepest then
        return true
    end
    local what
    if changes_directory then
        what = "cd " .. (evt.field(directory) or "<NA>")
    else
        what = (evt.field(exe) or "<NA>") .. " " .. (evt.field(arguments) or "")
    end
    local who = evt.field(user) or ""
    who = who ~= "" and who or "<NA>"
    local color = ""
    local step = changes_directory and 4 or 3
    if with_containers then
        local place = evt.field(container) or "host"
        who = who .. "@" .. place
        color = place == "host" and terminal.green or terminal.blue
        step = 4
    end
    print(string.format("%s%s%d %s %s) %s", color, string.rep(" ", step * depth), tree[id].shell, evt.field(time), who, what))
    return true
end

function on_capture_end()
    print(terminal.reset)
    return true
end
