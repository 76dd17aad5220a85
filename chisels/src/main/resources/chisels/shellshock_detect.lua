description = "Attempts to make bash run code by way of an environment variable that looks like a function (CVE-2014-6271): "
    .. "when, which process started the shell, its pid, and the code."
short_description = "Shellshock attacks"
category = "Security"
args = {}

require "common"

local environment, parent, parent_id, time

function on_init()
    environment = chisel.request_field("evt.rawarg.env")
    parent = chisel.request_field("proc.pname")
    parent_id = chisel.request_field("proc.ppid")
    time = chisel.request_field("evt.time")
    sysdig.set_snaplen(4096)
    chisel.set_filter("(proc.name=bash or proc.name=sh) and evt.type=execve and evt.dir=<")
    print(extend_string("TIME", 22) .. extend_string("PROCNAME", 22) .. extend_string("PID", 8) .. "FUNCTION")
    return true
end

function on_event()
    for variable in (evt.field(environment) or ""):gmatch("[^%z]+") do
        local code = variable:match("%(%) ?{.+")
        if code then
            print(extend_string(evt.field(time), 22) .. extend_string(evt.field(parent) or "<NA>", 22)
                .. extend_string(tostring(evt.field(parent_id)), 8) .. code)
            break
        end
    end
    return true
end
