description = "The containers that are known when tracing begins, or that the file tells of: engine, image, name and id."
short_description = "The containers there are"
category = "System State"
args = {
    {name = "desc", description = "desc: print everything known of them as a data structure", argtype = "string",
        optional = true},
}

require "common"

local everything = false

function on_set_arg(_, value)
    everything = value == "desc"
    return everything
end

function on_init()
    -- a file tells of its containers in events of that type, before all others
    chisel.set_filter("evt.type!=container")
    return true
end

function on_event()
    sysdig.end_capture()
    return true
end

local WIDTHS = {15, 16, 20, 13}
local COLUMNS = {"type", "image", "name", "id"}

local function row(cell)
    local line = {}
    for i, width in ipairs(WIDTHS) do
        line[i] = extend_string(cell(i, width), width)
    end
    print(table.concat(line))
end

function on_capture_end()
    local containers = sysdig.get_container_table()
    if everything then
        print(st(containers))
        return true
    end
    row(function(i) return "container." .. COLUMNS[i] end)
    row(function(_, width) return string.rep("-", width) end)
    for _, container in ipairs(containers) do
        row(function(i) return tostring(container[COLUMNS[i]]) end)
    end
    return true
end
