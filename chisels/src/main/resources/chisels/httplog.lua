description = "A line for each HTTP/1 request and its answer: > where the process asked, < where it was asked. With -pc the "
    .. "container is shown too. Works on what is sent in the clear and lies within the first bytes of a read or write."
short_description = "Log of HTTP requests"
category = "Application"
args = {}

require "http"

local with_containers

function on_init()
    http_init()
    with_containers = sysdig.is_print_container_data()
    return true
end

local function show(transaction)
    local request, response = transaction.request, transaction.response
    print(string.format("%s %s%s method=%s url=%s response_code=%d latency=%dms size=%dB", evt.field(datetime_field),
        with_containers and transaction.container .. " " or "", transaction.dir, request.method, request.url,
        response.code, (response.ts - request.ts) / 1000000, response.length))
end

function on_event()
    run_http_parser(evt, show)
    return true
end
