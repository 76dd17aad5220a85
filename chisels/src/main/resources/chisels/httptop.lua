description = "HTTP/1 requests by method and URL, most first: by their number, by the mean time of the answer or by the bytes "
    .. "of the answers. With -pc the container is shown too."
short_description = "HTTP requests by number, time or bytes"
category = "Application"
args = {
    {name = "by", description = "ncalls, time or bytes; ncalls if not given", argtype = "string", optional = true},
}

require "common"
require "http"
local screen = require "refresh"

local UNITS = {ncalls = "none", time = "time", bytes = "bytes"}

local info = {
    key_fld = {"method", "url"}, key_desc = {"method", "url"}, value_fld = "ncalls", value_desc = "ncalls",
    value_units = "none", top_number = 30,
}
local with_containers
local sums = {}

function on_set_arg(_, value)
    if not UNITS[value] then
        error("unknown order '" .. value .. "': say ncalls, time or bytes", 0)
    end
    info.value_fld, info.value_desc, info.value_units = value, value, UNITS[value]
    return true
end

function on_init()
    http_init()
    with_containers = sysdig.is_print_container_data()
    if with_containers then
        table.insert(info.key_fld, 1, "container")
        table.insert(info.key_desc, 1, "container")
    end
    return true
end

local function add(transaction)
    local request, response = transaction.request, transaction.response
    local key = (with_containers and transaction.container .. "\1\1" or "") .. request.method .. "\1\1" .. request.url
    local sum = sums[key] or {ncalls = 0, time = 0, bytes = 0}
    sums[key] = sum
    sum.ncalls = sum.ncalls + 1
    sum.time = sum.time + response.ts - request.ts
    sum.bytes = sum.bytes + response.length
end

local function show(seconds, elapsed)
    local values = {}
    for key, sum in pairs(sums) do
        values[key] = info.value_fld == "time" and math.floor(sum.time / sum.ncalls) or sum[info.value_fld]
    end
    print_sorted_table(values, seconds, 0, elapsed, info)
    sums = {}
end

function on_event()
    run_http_parser(evt, add)
    return true
end

function on_capture_start()
    screen.start(info)
    return true
end

function on_interval(seconds, _, elapsed)
    screen.redraw(info)
    show(seconds, elapsed)
    return true
end

function on_capture_end(seconds, _, elapsed)
    if screen.finish(info) then
        show(seconds, elapsed)
    end
    return true
end
