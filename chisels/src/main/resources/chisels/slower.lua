-- Events that took longer than a number of milliseconds, a line for each, green for the host and blue for containers.

require "common"
local terminal = require "ansiterminal"

local slower = {}

slower.args = {
    {name = "min_ms", description = "the least duration that is shown, in milliseconds; 0 shows all", argtype = "int"},
    {name = "disable_color", description = "disable_colors: print without colours", argtype = "string", optional = true},
}

-- columns: {title, format of title and value, dashes, field or function}
function slower.start(t)
    local limit
    local colors = true

    function on_set_arg(name, value)
        if name == "min_ms" then
            limit = parse_numeric_input(value, name)
        elseif value:find("^disable_color") then
            colors = false
        end
        return true
    end

    function on_init()
        terminal.enable_color(colors)
        if t.filter then
            chisel.set_filter(t.filter)
        end
        local with_containers = sysdig.is_print_container_data()
        local columns = {}
        for _, column in ipairs(t.columns) do
            if not column.container or with_containers then
                columns[#columns + 1] = column
            end
        end
        local titles, dashes, formats = {}, {}, {}
        for i, column in ipairs(columns) do
            titles[i] = column.format:format(column.title)
            dashes[i] = column.format:format(string.rep("-", column.dashes))
            formats[i] = column.value_format or column.format
            column.handle = column.field and chisel.request_field(column.field)
        end
        print(table.concat(titles, " "))
        print(table.concat(dashes, " "))

        local latency = chisel.request_field("evt.latency")
        local container = chisel.request_field("container.name")
        local name = t.skip and chisel.request_field("fd.name")

        function on_event()
            local ns = evt.field(latency)
            if not ns or ns == 0 or ns / ONE_MS_IN_NS <= limit then
                return false
            end
            if name and t.skip(evt.field(name) or "") then
                return false
            end
            local place = evt.field(container)
            local cells = {}
            for i, column in ipairs(columns) do
                local value = column.handle and evt.field(column.handle)
                if not column.handle then
                    value = ns / ONE_MS_IN_NS
                elseif value == nil then
                    value = "<NA>"
                end
                cells[i] = formats[i]:format(value)
            end
            print((place and place ~= "host" and terminal.blue or terminal.green) .. table.concat(cells, " "))
            return true
        end
        return true
    end
end

local TIME = {title = "evt.datetime", format = "%-23.23s", dashes = 23, field = "evt.datetime"}
local CONTAINER_ID = {title = "container.id", format = "%-20.20s", dashes = 20, field = "container.id", container = true}
local CONTAINER = {title = "container.name", format = "%-20.20s", dashes = 20, field = "container.name", container = true}

slower.io_columns = {
    TIME, CONTAINER_ID, CONTAINER,
    {title = "proc.name", format = "%-12.12s", dashes = 12, field = "proc.name"},
    {title = "evt.type", format = "%-8s", dashes = 8, field = "evt.type"},
    {title = "LATENCY(ms)", format = "%-12s", dashes = 12, value_format = "%12d"},
    {title = "fd.name", format = "%s", dashes = 41, field = "fd.name"},
}

slower.call_columns = {
    TIME, CONTAINER_ID, CONTAINER,
    {title = "proc.name", format = "%-23.23s", dashes = 23, field = "proc.name"},
    {title = "LATENCY(ms)", format = "%-20s", dashes = 20},
    {title = "evt.type", format = "%s", dashes = 20, field = "evt.type"},
}

return slower
