-- HTTP/1 in the data that processes read and write. Required by a script this is the parser, with the functions that
-- scripts know of a module of this name; run as a chisel it prints each request with its answer.

local METHODS = {}
for _, name in ipairs {"GET", "POST", "PUT", "HEAD", "DELETE", "OPTIONS", "PATCH", "CONNECT", "TRACE"} do
    METHODS[name] = true
end

partial_transactions = {}

function http_init()
    chisel.set_filter("evt.is_io=true and evt.buflen>0 and (fd.type=ipv4 or fd.type=ipv6 or fd.type=unix)")
    buffer_field = chisel.request_field("evt.rawarg.data")
    fd_field = chisel.request_field("fd.num")
    pid_field = chisel.request_field("proc.pid")
    rawtime_field = chisel.request_field("evt.rawtime")
    datetime_field = chisel.request_field("evt.datetime")
    dir_field = chisel.request_field("evt.io_dir")
    container_field = chisel.request_field("container.name")
    sysdig.set_snaplen(1024)
end

function parse_request(data)
    local method, url = data:match("^(%u+) (%g+)")
    if not method or not METHODS[method] then
        return nil
    end
    local host = data:match("\n[Hh]ost: *([^%s]+)")
    return {method = method, url = (host or "") .. url}
end

function parse_response(data)
    local code = data:match("^HTTP/%g+ (%d%d%d)")
    if not code then
        return nil
    end
    local length = data:match("\n[Cc]ontent%-[Ll]ength: *(%d+)")
    return {code = tonumber(code), length = tonumber(length or "0")}
end

local ARROWS = {read = "<", write = ">"}

-- Looks at an event; calls on_transaction with {request, response, dir, container} when an answer came.
function run_http_parser(event, on_transaction)
    local data = event.field(buffer_field)
    local fd = event.field(fd_field)
    local pid = event.field(pid_field)
    if not data or not fd or not pid then
        return
    end
    local key = pid .. ":" .. fd
    local open = partial_transactions[key]
    local response = open and parse_response(data)
    if response then
        response.ts = event.field(rawtime_field)
        open.response = response
        partial_transactions[key] = nil
        on_transaction(open)
        return
    end
    local request = parse_request(data)
    if request then
        request.ts = event.field(rawtime_field)
        partial_transactions[key] = {
            request = request,
            dir = ARROWS[event.field(dir_field)] or "<NA>",
            container = event.field(container_field) or "<NA>",
        }
    end
end

if ... then
    return
end

description = "Prints each HTTP/1 request seen on a socket when its answer comes: when, which process, which way "
    .. "(> it asked, < it was asked), method, URL, status, how long the answer took and how large it says it is. "
    .. "Requests without an answer are listed at the end."
short_description = "HTTP requests with status and latency"
category = "Application"
args = {}

require "common"

local process_field
local with_containers

function on_init()
    http_init()
    process_field = chisel.request_field("proc.name")
    with_containers = sysdig.is_print_container_data()
    print(string.format("%-29s %-16s %-2s%-7s %-6s %-10s %-10s %s", "TIME", "PROCESS", "", "METHOD", "STATUS", "LATENCY",
        "SIZE", "URL"))
    return true
end

function on_event()
    run_http_parser(evt, function(transaction)
        local request, response = transaction.request, transaction.response
        local who = evt.field(process_field) or "<NA>"
        if with_containers then
            who = transaction.container .. "/" .. who
        end
        print(string.format("%-29s %-16s %-2s%-7s %-6d %-10s %-10s %s", evt.field(datetime_field), who, transaction.dir,
            request.method, response.code, format_time_interval(response.ts - request.ts), format_bytes(response.length),
            request.url))
    end)
    return true
end

function on_capture_end()
    local waiting = {}
    for _, transaction in pairs(partial_transactions) do
        waiting[#waiting + 1] = transaction
    end
    table.sort(waiting, function(a, b) return a.request.ts < b.request.ts end)
    for _, transaction in ipairs(waiting) do
        print("no answer: " .. transaction.request.method .. " " .. transaction.request.url)
    end
    return true
end
