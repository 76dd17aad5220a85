description = "The DNS queries and answers that processes send and get on port 53: when, who, which server, what was asked, "
    .. "what was answered and how long that took. Queries without an answer are listed at the end."
short_description = "DNS queries and answers"
category = "Net"
args = {}

require "common"
local json = require "dkjson"

local TYPES = {
    [1] = "A", [2] = "NS", [5] = "CNAME", [6] = "SOA", [12] = "PTR", [15] = "MX", [16] = "TXT", [28] = "AAAA", [33] = "SRV",
    [35] = "NAPTR", [41] = "OPT", [43] = "DS", [46] = "RRSIG", [48] = "DNSKEY", [64] = "SVCB", [65] = "HTTPS", [255] = "ANY",
}
local CODES = {
    [0] = "NOERROR", [1] = "FORMERR", [2] = "SERVFAIL", [3] = "NXDOMAIN", [4] = "NOTIMP", [5] = "REFUSED",
}

local time, process, pid, data, server, protocol
local as_json
local start
local open = {}

function on_init()
    time = chisel.request_field("evt.time")
    process = chisel.request_field("proc.name")
    pid = chisel.request_field("proc.pid")
    data = chisel.request_field("evt.rawarg.data")
    server = chisel.request_field("fd.sip")
    protocol = chisel.request_field("fd.l4proto")
    as_json = sysdig.get_output_format() == "json"
    sysdig.set_snaplen(1024)
    chisel.set_filter("evt.is_io=true and evt.dir=< and evt.rawres>0 and fd.port=53")
    if not as_json then
        print(string.format("%-19s%-24s%-40s%-8s%s", "TIME", "PROCESS", "SERVER", "TYPE", "NAME"))
    end
    return true
end

local function word(bytes, at)
    local high, low = bytes:byte(at, at + 1)
    return low and high * 256 + low
end

-- A name, and where what follows it begins; nil if it is cut off.
local function name_at(bytes, at)
    local labels, after, jumps = {}, nil, 0
    while true do
        local length = bytes:byte(at)
        if not length then
            return nil
        elseif length == 0 then
            return #labels == 0 and "." or table.concat(labels, "."), after or at + 1
        elseif length >= 192 then
            local low = bytes:byte(at + 1)
            jumps = jumps + 1
            if not low or jumps > 20 then
                return nil
            end
            after = after or at + 2
            at = (length - 192) * 256 + low + 1
        else
            local label = bytes:sub(at + 1, at + length)
            if #label < length then
                return nil
            end
            labels[#labels + 1] = label:gsub("[^%g]", "?")
            at = at + length + 1
        end
    end
end

local function ipv6(bytes)
    local groups = {}
    for i = 1, 16, 2 do
        groups[#groups + 1] = string.format("%x", word(bytes, i))
    end
    local text = table.concat(groups, ":")
    for length = 8, 2, -1 do
        local zeros = string.rep("0:", length - 1) .. "0"
        local from, to = (":" .. text .. ":"):find(":" .. zeros .. ":", 1, true)
        if from then
            local padded = ":" .. text .. ":"
            return (padded:sub(2, from - 1) .. "::" .. padded:sub(to + 1, -2))
        end
    end
    return text
end

local function record_text(bytes, kind, at, length)
    local value = bytes:sub(at, at + length - 1)
    if #value < length then
        return nil
    elseif kind == 1 and length == 4 then
        return table.concat({value:byte(1, 4)}, ".")
    elseif kind == 28 and length == 16 then
        return ipv6(value)
    elseif kind == 2 or kind == 5 or kind == 12 then
        return (name_at(bytes, at))
    elseif kind == 15 then
        return (name_at(bytes, at + 2))
    elseif kind == 16 then
        return '"' .. value:sub(2):gsub("[^%g ]", "?") .. '"'
    end
    return TYPES[kind] or "type " .. kind
end

-- id, whether it is an answer, code, name and type asked for, texts of the answers, whether all of them were there.
local function parse(bytes)
    local id, flags, questions, answers = word(bytes, 1), word(bytes, 3), word(bytes, 5), word(bytes, 7)
    if not answers or questions ~= 1 then
        return nil
    end
    local name, at = name_at(bytes, 13)
    local kind = name and word(bytes, at)
    if not kind then
        return nil
    end
    at = at + 4
    local texts, complete = {}, true
    for i = 1, answers do
        local owner, place = name_at(bytes, at)
        local length = owner and word(bytes, place + 8)
        local text = length and record_text(bytes, word(bytes, place), place + 10, length)
        if not text then
            complete = false
            break
        end
        texts[i] = text
        at = place + 10 + length
    end
    return {
        id = id, answer = flags >= 0x8000, code = CODES[flags % 16] or "code " .. flags % 16, name = name,
        type = TYPES[kind] or "TYPE" .. kind, texts = texts, complete = complete,
    }
end

local function show(what, result)
    if as_json then
        print(json.encode({
            time = what.timestamp, process = what.process, pid = what.pid, server = what.server, type = what.type,
            name = what.name, code = result and result.code, answers = result and result.texts,
            latency = result and result.latency,
        }, {keyorder = {"time", "process", "pid", "server", "type", "name", "code", "answers", "latency"}}))
        return
    end
    local line = string.format("%-19s%-24s%-40s%-8s%s", what.time, what.process .. " (" .. what.pid .. ")", what.server,
        what.type, what.name)
    if not result then
        print(line .. " no answer")
        return
    end
    local answers = table.concat(result.texts, " ")
    if answers == "" or result.code ~= "NOERROR" then
        answers = result.code .. (answers ~= "" and " " .. answers or "")
    end
    print(line .. " " .. answers .. (result.complete and "" or " ...")
        .. (result.latency and " " .. format_time_interval(result.latency) or ""))
end

function on_event()
    local bytes = evt.field(data)
    if not bytes then
        return true
    end
    if evt.field(protocol) == "tcp" then
        bytes = bytes:sub(3)
    end
    local message = parse(bytes)
    if not message then
        return true
    end
    local seconds, nanoseconds = evt.get_ts()
    start = start or seconds
    local what = {
        time = evt.field(time), timestamp = sysdig.make_ts(seconds, nanoseconds),
        at = (seconds - start) * ONE_S_IN_NS + nanoseconds, process = evt.field(process) or "<NA>",
        pid = evt.field(pid), server = evt.field(server) or "<NA>", type = message.type, name = message.name,
    }
    local key = table.concat({what.pid, message.id, message.type, message.name:lower()}, " ")
    if not message.answer then
        open[key] = what
        return true
    end
    local query = open[key]
    if query then
        message.latency = what.at - query.at
        open[key] = nil
    end
    show(query or what, message)
    return true
end

function on_capture_end()
    local left = {}
    for _, what in pairs(open) do
        left[#left + 1] = what
    end
    table.sort(left, function(a, b) return a.at < b.at end)
    for _, what in ipairs(left) do
        show(what, nil)
    end
    return true
end
