-- Functions that chisels share: padding, splitting, units, sorted tables. Their names and results are those that
-- scripts written for sysdig expect from a module of this name.

local json = require "dkjson"
_G.json = json

ONE_S_IN_NS = 1000000000
ONE_MS_IN_NS = 1000000
ONE_US_IN_NS = 1000

local COLUMN = 20
local SEPARATOR = "\1\1"

-- A readable text of any value; for looking into tables.
function st(value, name, on_one_line, depth)
    depth = depth or 0
    local line_end = on_one_line and "" or "\n"
    local indent = string.rep(" ", depth)
    local start = indent .. (name and name .. " = " or "")
    local kind = type(value)
    if kind == "string" then
        return start .. string.format("%q", value)
    elseif kind == "number" or kind == "boolean" then
        return start .. tostring(value)
    elseif kind ~= "table" then
        return start .. '"[inserializeable datatype:' .. kind .. ']"'
    end
    local parts = {start .. "{"}
    for k, v in pairs(value) do
        parts[#parts + 1] = st(v, k, on_one_line, depth + 1) .. ","
    end
    parts[#parts + 1] = indent .. "}"
    return table.concat(parts, line_end)
end

-- Exactly so many characters: padded with blanks, or cut with one blank at the end.
function extend_string(text, width)
    if #text < width then
        return text .. string.rep(" ", width - #text)
    end
    return width > 0 and text:sub(1, width - 1) .. " " or ""
end

-- The parts of a text between delimiters; the delimiter is a pattern.
function split(text, delimiter)
    local parts = {}
    local from = 1
    local first, last = text:find(delimiter, from)
    while first and last >= first do
        parts[#parts + 1] = text:sub(from, first - 1)
        from = last + 1
        first, last = text:find(delimiter, from)
    end
    parts[#parts + 1] = text:sub(from)
    return parts
end

function starts_with(text, start)
    return text:sub(1, #start) == start
end

function ends_with(text, tail)
    return tail == "" or text:sub(-#tail) == tail
end

local BYTE_UNITS = {{1024 ^ 5, "P"}, {1024 ^ 4, "T"}, {1024 ^ 3, "G"}, {1024 ^ 2, "M"}, {1024, "KB"}}

-- Bytes with two decimals and a unit above 1024: 1230 is 1.20KB.
function format_bytes(count)
    for _, unit in ipairs(BYTE_UNITS) do
        if count > unit[1] then
            return string.format("%.2f%s", count / unit[1], unit[2])
        end
    end
    return string.format("%dB", count)
end

local TIME_UNITS = {{ONE_S_IN_NS, "s"}, {ONE_MS_IN_NS, "ms"}, {ONE_US_IN_NS, "us"}}

-- A time in ns with a unit: two decimals below 10 of a unit (always for seconds), none above, nothing is rounded up.
function format_time_interval(ns)
    for _, unit in ipairs(TIME_UNITS) do
        local size, name = unit[1], unit[2]
        if ns >= size then
            local whole = math.floor(ns / size)
            if name ~= "s" and whole >= 10 then
                return string.format("%u%s", whole, name)
            end
            return string.format("%u.%02u%s", whole, math.floor(ns % size / (size / 100)), name)
        end
    end
    return string.format("%uns", ns)
end

-- Goes through a table in an order, as far as so many entries; 0 for all. order(t, a, b): key a comes before key b.
function pairs_top_by_val(t, most, order)
    local keys = {}
    for key in pairs(t) do
        keys[#keys + 1] = key
    end
    table.sort(keys, function(a, b) return order(t, a, b) end)
    local at = 0
    return function()
        at = at + 1
        if keys[at] ~= nil and (most == 0 or at <= most) then
            return keys[at], t[keys[at]]
        end
    end
end

function ts_to_str(seconds, nanoseconds)
    return string.format("%u%09u", seconds, nanoseconds)
end

local UNITS = {
    bytes = format_bytes,
    time = format_time_interval,
    timepct = function(value, elapsed)
        return string.format("%.2f%%", elapsed > 0 and value / elapsed * 100 or 0)
    end,
}

-- Prints rows {key..., value}, sorted already: as a table, or as one line of JSON.
function print_rows(rows, seconds, elapsed, info)
    if info.output_format == "json" then
        local columns = {}
        for i, name in ipairs(info.key_fld) do
            columns[i] = {name = name, desc = info.key_desc[i], is_key = true}
        end
        columns[#columns + 1] = {name = info.value_fld, desc = info.value_desc, is_key = false}
        local data = setmetatable({}, {__jsontype = "array"})
        for i, row in ipairs(rows) do
            local values = {}
            for j, value in ipairs(row) do
                values[j] = j < #row and tostring(value) or value
            end
            data[i] = values
        end
        print(json.encode({ts = sysdig.make_ts(seconds, 0), data = data, info = columns},
            {keyorder = {"ts", "data", "info", "name", "desc", "is_key"}}))
        return
    end
    local header = extend_string(info.value_desc, COLUMN)
    for _, description in ipairs(info.key_desc) do
        header = header .. extend_string(description, COLUMN)
    end
    print(header)
    print(string.rep("-", 80))
    local format = UNITS[info.value_units] or tostring
    for _, row in ipairs(rows) do
        local line = {extend_string(format(row[#row], elapsed), COLUMN)}
        for i = 1, #row - 1 do
            local key = tostring(row[i])
            line[#line + 1] = i < #row - 1 and extend_string(key:sub(1, COLUMN), COLUMN) or key
        end
        print(table.concat(line))
    end
end

-- Prints a table of values by key, largest first; several keys in one are separated by two bytes 1.
function print_sorted_table(values, seconds, nanoseconds, elapsed, info)
    local rows = {}
    for key, value in pairs_top_by_val(values, info.top_number, function(t, a, b) return t[a] > t[b] end) do
        local row = type(key) == "string" and split(key, SEPARATOR) or {key}
        row[#row + 1] = value
        rows[#rows + 1] = row
    end
    print_rows(rows, seconds, elapsed, info)
end

-- A number that the user typed; what is none ends the run with a message.
function parse_numeric_input(text, name)
    local number = tonumber(text)
    if number == nil then
        error(string.format("the argument %s must be a number, not '%s'", name, tostring(text)), 0)
    end
    return number
end

function copytable(original)
    if type(original) ~= "table" then
        return original
    end
    local copy = {}
    for key, value in next, original do
        copy[copytable(key)] = copytable(value)
    end
    return setmetatable(copy, copytable(getmetatable(original)))
end

function concattable(to, from)
    for i = 1, #from do
        to[#to + 1] = from[i]
    end
    return to
end

-- The name a value's metatable gives it as _NAME, or its type.
function typeof(value)
    local kind = type(value)
    local meta = (kind == "table" or kind == "userdata") and getmetatable(value)
    return meta and meta._NAME or kind
end
