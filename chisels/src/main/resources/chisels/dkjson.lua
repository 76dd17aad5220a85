-- JSON, with the interface of the module of this name that scripts know: encode, decode, null, quotestring.

local json = {version = "dkjson 2.5", using_lpeg = false}

json.null = setmetatable({}, {__tojson = function() return "null" end})

local ESCAPES = {
    ['"'] = '\\"', ["\\"] = "\\\\", ["\b"] = "\\b", ["\f"] = "\\f", ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t",
}

function json.quotestring(text)
    return '"' .. text:gsub('[%c"\\\127]', function(c)
        return ESCAPES[c] or string.format("\\u%04x", c:byte())
    end) .. '"'
end

local function number_text(number)
    if number ~= number or number == math.huge or number == -math.huge then
        return "null"
    elseif number == math.floor(number) and math.abs(number) < 2 ^ 53 then
        return string.format("%d", number)
    end
    return string.format("%.14g", number)
end

-- How many elements a list has; nil if the table is none.
local function list_length(t, meta)
    local kind = meta and meta.__jsontype
    if kind == "object" then
        return nil
    end
    local count, largest = 0, 0
    for key in pairs(t) do
        if type(key) ~= "number" or key < 1 or key ~= math.floor(key) then
            if key ~= "n" then
                return nil
            end
        else
            count = count + 1
            largest = math.max(largest, key)
        end
    end
    if count == 0 then
        return kind == "array" and 0 or nil
    end
    return largest <= math.max(10, count * 2) and largest or nil
end

local function sorted_keys(t, wanted)
    local keys, seen = {}, {}
    for _, key in ipairs(wanted or {}) do
        if t[key] ~= nil then
            keys[#keys + 1] = key
            seen[key] = true
        end
    end
    local rest = {}
    for key in pairs(t) do
        if not seen[key] and (type(key) == "string" or type(key) == "number") then
            rest[#rest + 1] = key
        end
    end
    table.sort(rest, function(a, b) return tostring(a) < tostring(b) end)
    for _, key in ipairs(rest) do
        keys[#keys + 1] = key
    end
    return keys
end

local encode_value

local function break_line(out, state, level)
    if state.indent then
        out[#out + 1] = "\n" .. string.rep("  ", level)
    end
end

local function encode_table(value, out, state, level)
    local meta = getmetatable(value)
    if meta and meta.__tojson then
        out[#out + 1] = meta.__tojson(value, state)
        return
    end
    if state.tables[value] then
        error("reference cycle", 0)
    end
    state.tables[value] = true
    local length = list_length(value, meta)
    if length then
        out[#out + 1] = "["
        for i = 1, length do
            out[#out + 1] = i > 1 and "," or ""
            encode_value(value[i], out, state, level)
        end
        out[#out + 1] = "]"
    else
        out[#out + 1] = "{"
        local separator = ""
        for _, key in ipairs(sorted_keys(value, meta and meta.__jsonorder or state.keyorder)) do
            out[#out + 1] = separator
            break_line(out, state, level + 1)
            out[#out + 1] = json.quotestring(tostring(key)) .. ":"
            encode_value(value[key], out, state, level + 1)
            separator = ","
        end
        if separator ~= "" then
            break_line(out, state, level)
        end
        out[#out + 1] = "}"
    end
    state.tables[value] = nil
end

function encode_value(value, out, state, level)
    local kind = type(value)
    if value == nil then
        out[#out + 1] = "null"
    elseif kind == "string" then
        out[#out + 1] = json.quotestring(value)
    elseif kind == "number" then
        out[#out + 1] = number_text(value)
    elseif kind == "boolean" then
        out[#out + 1] = tostring(value)
    elseif kind == "table" then
        encode_table(value, out, state, level)
    elseif state.exception then
        local text = state.exception("unsupported type", value, state, "type '" .. kind .. "' is not supported by JSON")
        out[#out + 1] = text or "null"
    else
        error("type '" .. kind .. "' is not supported by JSON", 0)
    end
end

-- A value as JSON. state: indent, keyorder, level, exception, buffer.
function json.encode(value, state)
    state = state or {}
    local given = state.tables
    state.tables = state.tables or {}
    local out = {}
    local ok, message = pcall(encode_value, value, out, state, state.level or 0)
    state.tables = given
    if not ok then
        error(message, 2)
    end
    local text = table.concat(out)
    if state.buffer then
        state.buffer[#state.buffer + 1] = text
        return true
    end
    return text
end

function json.encodeexception(reason, value)
    return json.quotestring("<" .. tostring(value) .. ">")
end

local function utf8(code)
    if code < 0x80 then
        return string.char(code)
    elseif code < 0x800 then
        return string.char(0xc0 + math.floor(code / 0x40), 0x80 + code % 0x40)
    elseif code < 0x10000 then
        return string.char(0xe0 + math.floor(code / 0x1000), 0x80 + math.floor(code / 0x40) % 0x40, 0x80 + code % 0x40)
    end
    return string.char(0xf0 + math.floor(code / 0x40000), 0x80 + math.floor(code / 0x1000) % 0x40,
        0x80 + math.floor(code / 0x40) % 0x40, 0x80 + code % 0x40)
end

local UNESCAPES = {b = "\b", f = "\f", n = "\n", r = "\r", t = "\t"}

local Parser = {}
Parser.__index = Parser

function Parser:fail(what)
    local line = select(2, self.text:sub(1, self.at):gsub("\n", "")) + 1
    error({message = what .. " at line " .. line .. ", column " .. self.at}, 0)
end

function Parser:skip()
    self.at = self.text:find("%S", self.at) or #self.text + 1
end

function Parser:string()
    local parts = {}
    local from = self.at + 1
    while true do
        local stop = self.text:find('["\\]', from)
        if not stop then
            self:fail("unterminated string")
        end
        parts[#parts + 1] = self.text:sub(from, stop - 1)
        if self.text:sub(stop, stop) == '"' then
            self.at = stop + 1
            return table.concat(parts)
        end
        local letter = self.text:sub(stop + 1, stop + 1)
        from = stop + 2
        if letter == "u" then
            local code = tonumber(self.text:match("^%x%x%x%x", from), 16) or self:fail("bad \\u escape")
            from = from + 4
            local low = tonumber(self.text:match("^\\u(%x%x%x%x)", from) or "0", 16)
            if code >= 0xd800 and code < 0xdc00 and low >= 0xdc00 and low < 0xe000 then
                code = 0x10000 + (code - 0xd800) * 0x400 + low - 0xdc00
                from = from + 6
            end
            parts[#parts + 1] = utf8(code)
        else
            parts[#parts + 1] = UNESCAPES[letter] or letter
        end
    end
end

function Parser:items(close, kind, each)
    local result = setmetatable({}, {__jsontype = kind})
    self.at = self.at + 1
    self:skip()
    if self.text:sub(self.at, self.at) == close then
        self.at = self.at + 1
        return result
    end
    local count = 0
    while true do
        count = count + 1
        each(result, count)
        self:skip()
        local c = self.text:sub(self.at, self.at)
        self.at = self.at + 1
        if c == close then
            return result
        elseif c ~= "," then
            self:fail("',' or '" .. close .. "' expected")
        end
    end
end

local WORDS = {["true"] = true, ["false"] = false}

function Parser:value()
    self:skip()
    local c = self.text:sub(self.at, self.at)
    if c == "{" then
        return self:items("}", "object", function(result)
            self:skip()
            if self.text:sub(self.at, self.at) ~= '"' then
                self:fail("name expected")
            end
            local key = self:string()
            self:skip()
            if self.text:sub(self.at, self.at) ~= ":" then
                self:fail("':' expected")
            end
            self.at = self.at + 1
            result[key] = self:value()
        end)
    elseif c == "[" then
        return self:items("]", "array", function(result, index)
            result[index] = self:value()
        end)
    elseif c == '"' then
        return self:string()
    end
    local number = self.text:match("^-?%d+%.?%d*[eE]?[+-]?%d*", self.at)
    if number and tonumber(number) then
        self.at = self.at + #number
        return tonumber(number)
    end
    local word = self.text:match("^%a+", self.at)
    if word then
        self.at = self.at + #word
        if word == "null" then
            return self.nullvalue
        elseif WORDS[word] ~= nil then
            return WORDS[word]
        end
        self.at = self.at - #word
    end
    self:fail("no valid JSON value")
end

-- The value that a text begins with, and where it ends; or nil, the place and a message.
function json.decode(text, at, nullvalue)
    local parser = setmetatable({text = text, at = at or 1, nullvalue = nullvalue}, Parser)
    local ok, value = pcall(Parser.value, parser)
    if not ok then
        return nil, parser.at, type(value) == "table" and value.message or value
    end
    return value, parser.at
end

function json.addnewline(state)
    if state.indent then
        state.buffer[#state.buffer + 1] = "\n" .. string.rep("  ", state.level or 0)
    end
end

function json.use_lpeg()
    return json
end

return json
