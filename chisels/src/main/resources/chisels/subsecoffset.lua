description = "When within a second (or another stretch of time) system calls are made, as a picture that scrolls: a line for "
    .. "each stretch, its beginning on the left; colours tell how many calls there were, none (black), tens a second (green), "
    .. "hundreds (yellow), thousands (red). Shows rhythms that a mean over seconds hides."
short_description = "System calls by their place within a second"
category = "CPU Usage"
args = {
    {name = "refresh_time", description = "milliseconds that a line stands for, 1000 if not given", argtype = "int",
        optional = true},
}

require "common"
local heat = require "heat"

local MARKS = 10

local interval = 1000 * ONE_MS_IN_NS
local width
local counts = {}

function on_set_arg(name, value)
    interval = parse_numeric_input(value, name) * ONE_MS_IN_NS
    if interval < ONE_MS_IN_NS then
        error("refresh_time must be at least one millisecond", 0)
    end
    return true
end

function on_init()
    chisel.set_filter("evt.dir=>")
    width = heat.start()
    print("System calls within " .. interval / ONE_MS_IN_NS .. " ms: red is often, green is seldom.\n")
    return true
end

function on_capture_start()
    chisel.set_interval_ns(interval)
    return true
end

function on_event()
    local seconds, nanoseconds = evt.get_ts()
    local offset = (seconds * (ONE_S_IN_NS % interval) + nanoseconds) % interval
    local column = math.floor(offset / interval * width) + 1
    counts[column] = (counts[column] or 0) + 1
    return true
end

local function scale()
    heat.scale(MARKS, function(i) return i * interval / MARKS / ONE_MS_IN_NS .. "ms" end)
end

function on_interval()
    heat.row(counts, ONE_S_IN_NS / interval)
    if sysdig.is_tty() then
        scale()
    end
    counts = {}
    return true
end

function on_capture_end()
    heat.row(counts, ONE_S_IN_NS / interval)
    scale()
    heat.finish()
    return true
end
