-- Writes what happened around some events into a file, by a second run over the same capture file.

require "common"

local surroundings = {}

surroundings.arguments = {
    {name = "dump_file_name", description = "a capture file to write, with what the same thread did around each line",
        argtype = "string", optional = true},
    {name = "dump_range_ms", description = "how much before and behind each line, in milliseconds; 1000 if not given",
        argtype = "int", optional = true},
}

local file
local range = 1000
local places = {}
local thread

-- To be called by on_set_arg; false if the argument is another.
function surroundings.set(name, value)
    if name == "dump_file_name" then
        file = value
    elseif name == "dump_range_ms" then
        range = parse_numeric_input(value, name)
    else
        return false
    end
    return true
end

function surroundings.wanted()
    return file ~= nil
end

function surroundings.file()
    return file
end

-- To be called by on_init.
function surroundings.init()
    thread = chisel.request_field("thread.tid")
end

-- To be called by on_capture_start.
function surroundings.start()
    if file and sysdig.is_live() then
        print("events can be exported from a capture file only: use -r")
        return false
    end
    return true
end

-- To be called by on_event.
function surroundings.mark()
    if file then
        local seconds, nanoseconds = evt.get_ts()
        places[#places + 1] = string.format("(evt.around[%s]=%d and thread.tid=%d)", ts_to_str(seconds, nanoseconds), range,
            evt.field(thread))
    end
end

local function quoted(name)
    return name:find(" ") and '"' .. name .. '"' or name
end

-- To be called by on_capture_end, with a format for the message that takes the number of places.
function surroundings.export(message)
    if file and #places > 0 then
        print(message:format(#places))
        sysdig.run_app("-F -r " .. quoted(sysdig.get_evtsource_name()) .. " -w " .. quoted(file) .. " "
            .. table.concat(places, " or "))
    end
end

return surroundings
