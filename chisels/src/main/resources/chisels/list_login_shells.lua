description = "The process ids of the login shells under which programs were started; they can be used with "
    .. "proc.loginshellid in filters. Can be restricted to shells under which certain programs were started. With -pc the "
    .. "container is shown too."
short_description = "Login shells at work"
category = "Security"
args = {
    {name = "command", description = "only shells under which a program with this in its name ran; * for any",
        argtype = "string", optional = true},
    {name = "arguments", description = "only shells under which a program with this in its arguments ran",
        argtype = "string", optional = true},
}

local command, arguments
local shell, exe, words, container, container_id
local found = {}

function on_set_arg(name, value)
    if name == "arguments" then
        arguments = value
    elseif value ~= "*" then
        command = value
    end
    return true
end

function on_init()
    shell = chisel.request_field("proc.loginshellid")
    exe = chisel.request_field("evt.arg.exe")
    words = chisel.request_field("evt.arg.args")
    container = chisel.request_field("container.name")
    container_id = chisel.request_field("container.id")
    chisel.set_filter("evt.type=execve")
    return true
end

function on_event()
    local id, program, line = evt.field(shell), evt.field(exe), evt.field(words)
    if not id or not program or command and not program:find(command)
        or arguments and line and not line:find(arguments) then
        return true
    end
    found[id] = string.format("%s %s %s", id, evt.field(container) or "<NA>", evt.field(container_id) or "<NA>")
    return true
end

function on_capture_end()
    print(command and "Shells containing " .. command .. ":" or "All shells:")
    local ids = {}
    for id in pairs(found) do
        ids[#ids + 1] = id
    end
    table.sort(ids)
    for _, id in ipairs(ids) do
        print(sysdig.is_print_container_data() and found[id] or id)
    end
    return true
end
