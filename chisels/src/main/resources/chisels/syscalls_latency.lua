description = "How long each system call takes: number, mean, median, 99th percentile and longest, and how calls spread over "
    .. "decades from below 1 us to above 1 s (a digit is the share in tenths, . is less than a twentieth, blank is none). "
    .. "Percentiles are exact to a tenth."
short_description = "Latency histogram for each call"
category = "Performance"
args = {}

local rows = require "rows"

local STEPS = 24 -- buckets a decade: each is a tenth wider than the one before
local DECADES = {1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9}

local calls = {}

local function bucket(ns)
    return math.floor(math.log10(ns) * STEPS)
end

local function percentile(call, share)
    local ids = {}
    for id in pairs(call.buckets) do
        ids[#ids + 1] = id
    end
    table.sort(ids)
    local left = call.count * share
    for _, id in ipairs(ids) do
        left = left - call.buckets[id]
        if left <= 0 then
            return math.min(math.floor(10 ^ ((id + 0.5) / STEPS) + 0.5), call.longest)
        end
    end
    return call.longest
end

local function picture(call)
    local text = {}
    for i = 1, #DECADES + 1 do
        local share = (call.decades[i] or 0) / call.count
        if share == 0 then
            text[i] = " "
        elseif share < 0.05 then
            text[i] = "."
        else
            text[i] = tostring(math.min(9, math.floor(share * 10 + 0.5)))
        end
    end
    return "|" .. table.concat(text) .. "|"
end

local function collect()
    local list = {}
    for name, call in pairs_top_by_val(calls, 0, function(t, a, b) return t[a].total > t[b].total end) do
        local mean = math.floor(call.total / call.count)
        local median, high = percentile(call, 0.5), percentile(call, 0.99)
        local row = {
            name, call.count, format_time_interval(call.total), format_time_interval(mean), format_time_interval(median),
            format_time_interval(high), format_time_interval(call.longest), picture(call),
        }
        row.raw = {name, call.count, call.total, mean, median, high, call.longest, row[8]}
        list[#list + 1] = row
    end
    return list
end

function on_init()
    local kind = chisel.request_field("evt.type")
    local latency = chisel.request_field("evt.latency")
    chisel.set_filter("evt.dir=< and evt.type!=switch")

    function on_event()
        local ns = evt.field(latency)
        if not ns or ns <= 0 then
            return true
        end
        local name = evt.field(kind)
        local call = calls[name]
        if not call then
            call = {count = 0, total = 0, longest = 0, buckets = {}, decades = {}}
            calls[name] = call
        end
        call.count = call.count + 1
        call.total = call.total + ns
        call.longest = math.max(call.longest, ns)
        local id = bucket(ns)
        call.buckets[id] = (call.buckets[id] or 0) + 1
        local decade = 1
        while DECADES[decade] and ns >= DECADES[decade] do
            decade = decade + 1
        end
        call.decades[decade] = (call.decades[decade] or 0) + 1
        return true
    end

    rows.start {
        columns = {{"Syscall", 18}, {"Calls", 9}, {"Total", 9}, {"Mean", 9}, {"Median", 9}, {"99%", 9}, {"Longest", 9},
            {"1us..1s"}},
        names = {"syscall", "calls", "total", "mean", "median", "p99", "longest", "histogram"},
        collect = collect,
        clear = function() calls = {} end,
    }
    return true
end
