-- CPU time by key, from the once-a-second accounts of threads.

require "common"
local screen = require "refresh"

local SHARE = 10000000 -- ns of CPU time that one percent of a second is

local cpu_table = {}

-- Counts by the fields with their titles; to be called by on_init.
function cpu_table.start(keys, titles)
    local info = {
        key_fld = keys, key_desc = titles, value_fld = "thread.exectime", value_desc = "CPU%", value_units = "timepct",
        top_number = 10,
    }
    local fields = {}
    for i, name in ipairs(keys) do
        fields[i] = chisel.request_field(name)
    end
    local percent = chisel.request_field("thread.cpu")
    local sums = {}
    chisel.set_filter("evt.type=procinfo")

    function on_capture_start()
        screen.start(info)
        return true
    end

    function on_event()
        local key = {}
        for i, field in ipairs(fields) do
            local value = evt.field(field)
            if value == nil then
                return false
            end
            key[i] = tostring(value)
        end
        local whole = table.concat(key, "\1\1")
        sums[whole] = (sums[whole] or 0) + (evt.field(percent) or 0) * SHARE
        return true
    end

    function on_interval(seconds, nanoseconds, elapsed)
        screen.redraw(info)
        print_sorted_table(sums, seconds, 0, elapsed, info)
        sums = {}
        return true
    end

    function on_capture_end(seconds, nanoseconds, elapsed)
        if screen.finish(info) then
            print_sorted_table(sums, seconds, 0, elapsed, info)
        end
        return true
    end
end

return cpu_table
