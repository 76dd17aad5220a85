description = "Counts by key: adds a field's values up for each combination of other fields' values and shows the largest "
    .. "sums as a table. Made to be called by other chisels."
short_description = "Sums of one field by others"
category = "Filter"
hidden = true

args = {
    {name = "keys", description = "fields to group by, separated by commas", argtype = "string"},
    {name = "keydescs", description = "column titles for the keys, separated by commas", argtype = "string"},
    {name = "value", description = "the field to add up", argtype = "string"},
    {name = "valuedesc", description = "column title for the sums", argtype = "string"},
    {name = "filter", description = "which events count", argtype = "string"},
    {name = "top_number", description = "how many rows to show, 0 for all", argtype = "string"},
    {name = "value_units", description = "how to show the sums: bytes, time, timepct or none", argtype = "string"},
}

require "common"
local screen = require "refresh"

local info = {value_units = "none", top_number = 0}
local filter = ""
local counter

function on_set_arg(name, value)
    if name == "keys" then
        info.key_fld = split(value, ",")
    elseif name == "keydescs" then
        info.key_desc = split(value, ",")
    elseif name == "value" then
        info.value_fld = value
    elseif name == "valuedesc" then
        info.value_desc = value
    elseif name == "filter" then
        filter = value
    elseif name == "top_number" then
        info.top_number = value == "" and 0 or parse_numeric_input(value, name)
    elseif name == "value_units" then
        info.value_units = value
    end
    return true
end

function on_init()
    if #info.key_fld ~= #info.key_desc then
        error("there are " .. #info.key_fld .. " keys but " .. #info.key_desc .. " titles for them", 0)
    end
    counter = syscope.counter(info.key_fld, info.value_fld)
    if filter ~= "" then
        chisel.set_filter(filter)
    end
    return true
end

local function show(seconds, elapsed)
    print_rows(counter:top(info.top_number), seconds, elapsed, info)
end

function on_capture_start()
    screen.start(info)
    return true
end

function on_interval(seconds, nanoseconds, elapsed)
    screen.redraw(info)
    show(seconds, elapsed)
    counter:clear()
    return true
end

function on_capture_end(seconds, nanoseconds, elapsed)
    if screen.finish(info) then
        show(seconds, elapsed)
    end
    return true
end
