-- Tables of several columns: printed once for a file, drawn anew every second on a terminal while tracing live, and as
-- one line of JSON with -j.

require "common"
local json = require "dkjson"
local screen = require "refresh"

local rows = {}

-- To be called by on_init. t: columns {{title, width}}, the last without width; names for JSON; collect() gives the rows,
-- best first; clear() forgets them after they were shown live.
function rows.start(t)
    local info = {}

    local function show(seconds)
        local lines = t.collect()
        if info.output_format == "json" then
            local data = setmetatable({}, {__jsontype = "array"})
            for i, row in ipairs(lines) do
                local object = {}
                for j, name in ipairs(t.names) do
                    object[name] = row.raw and row.raw[j] or row[j]
                end
                data[i] = object
            end
            local order = concattable({"ts", "data"}, t.names)
            print(json.encode({ts = sysdig.make_ts(seconds, 0), data = data}, {keyorder = order}))
            return
        end
        local header = ""
        for i, column in ipairs(t.columns) do
            header = header .. (i < #t.columns and extend_string(column[1], column[2]) or column[1])
        end
        print(header)
        print(string.rep("-", 80))
        for _, row in ipairs(lines) do
            local line = {}
            for i, column in ipairs(t.columns) do
                line[i] = i < #t.columns and extend_string(tostring(row[i]), column[2]) or tostring(row[i])
            end
            print(table.concat(line))
        end
    end

    function on_capture_start()
        screen.start(info)
        return true
    end

    function on_interval(seconds)
        screen.redraw(info)
        show(seconds)
        if t.clear then
            t.clear()
        end
        return true
    end

    function on_capture_end(seconds)
        if screen.finish(info) then
            show(seconds)
        end
        return true
    end
end

-- The sums of a table whose keys are parts joined by two bytes 1, as rows {sum, part...}, largest first.
function rows.of(sums, most)
    local list = {}
    for key, sum in pairs_top_by_val(sums, most or 0, function(t, a, b)
        if t[a] ~= t[b] then
            return t[a] > t[b]
        end
        return a < b
    end) do
        local row = split(key, "\1\1")
        table.insert(row, 1, sum)
        list[#list + 1] = row
    end
    return list
end

-- The argument "how many rows".
rows.count_argument = {name = "count", description = "how many rows to show, 30 if not given", argtype = "int", optional = true}

return rows
