description = "How long system calls take, as a picture that scrolls: a line for each interval, from short latencies on the "
    .. "left to long ones on the right, on a logarithmic scale; colours tell how many calls there were, none (black), tens "
    .. "a second (green), hundreds (yellow), thousands (red). Use a filter to look at some processes, files or kinds of I/O."
short_description = "Latencies of system calls over time"
category = "CPU Usage"
args = {
    {name = "refresh_time", description = "milliseconds that a line stands for, 500 if not given", argtype = "int",
        optional = true},
}

require "common"
local heat = require "heat"

local DECADES = 11

local interval = 500 * ONE_MS_IN_NS
local latency, width
local counts = {}

function on_set_arg(name, value)
    interval = parse_numeric_input(value, name) * ONE_MS_IN_NS
    if interval < ONE_MS_IN_NS then
        error("refresh_time must be at least one millisecond", 0)
    end
    return true
end

function on_init()
    latency = chisel.request_field("evt.latency")
    chisel.set_filter("evt.dir=<")
    width = heat.start()
    return true
end

function on_capture_start()
    chisel.set_interval_ns(interval)
    return true
end

function on_event()
    local ns = evt.field(latency)
    if ns and ns > 0 then
        local decade = math.min(math.log10(ns), DECADES)
        local column = math.min(math.floor(decade * width / DECADES) + 1, width)
        counts[column] = (counts[column] or 0) + 1
    end
    return true
end

function on_interval()
    heat.row(counts, ONE_S_IN_NS / interval)
    if sysdig.is_tty() then
        heat.scale(DECADES, function(i) return format_time_interval(10 ^ i) end)
    end
    counts = {}
    return true
end

function on_capture_end()
    heat.row(counts, ONE_S_IN_NS / interval)
    heat.scale(DECADES, function(i) return format_time_interval(10 ^ i) end)
    heat.finish()
    return true
end
