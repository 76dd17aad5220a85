description = "A flame graph of the time spent in system calls: from the first ancestor process up to the process, the call "
    .. "and the file or socket; the wider a box, the more time. Written to standard output as an HTML page that needs "
    .. "nothing else, or as folded stacks (a line for each: names separated by semicolons, then ns) for other tools."
short_description = "Flame graph of call time by process and file"
category = "Performance"
args = {
    {name = "output", description = "html or folded; html if not given", argtype = "string", optional = true},
}

require "common"

local ANCESTORS = 12
local WIDTH = 1200
local ROW = 18
local NARROWEST = 0.5

local output = "html"
local latency, kind, process, pid, file
local ancestors = {}
local chains = {}
local sums = {}

function on_set_arg(_, value)
    output = value
    return value == "html" or value == "folded"
end

function on_init()
    latency = chisel.request_field("evt.latency")
    kind = chisel.request_field("evt.type")
    process = chisel.request_field("proc.name")
    pid = chisel.request_field("proc.pid")
    file = chisel.request_field("fd.name")
    for i = 1, ANCESTORS do
        ancestors[i] = chisel.request_field("proc.aname[" .. i .. "]")
    end
    chisel.set_filter("evt.dir=< and evt.type!=switch")
    return true
end

local function clean(text)
    return (text:gsub("[;%c]", "_"))
end

local function chain(name, id)
    local key = id .. " " .. name
    if not chains[key] then
        local names = {}
        for i = ANCESTORS, 1, -1 do
            local above = evt.field(ancestors[i])
            if above then
                names[#names + 1] = clean(above)
            end
        end
        names[#names + 1] = clean(name)
        chains[key] = table.concat(names, ";")
    end
    return chains[key]
end

function on_event()
    local ns = evt.field(latency)
    local id = evt.field(pid)
    if not ns or ns <= 0 or not id then
        return true
    end
    local stack = chain(evt.field(process) or "<NA>", id) .. ";" .. clean(evt.field(kind))
    local name = evt.field(file)
    if name and name ~= "" then
        stack = stack .. ";" .. clean(name)
    end
    sums[stack] = (sums[stack] or 0) + ns
    return true
end

local function sorted_stacks()
    local stacks = {}
    for stack in pairs(sums) do
        stacks[#stacks + 1] = stack
    end
    table.sort(stacks)
    return stacks
end

local function tree()
    local root = {name = "all", total = 0, children = {}, order = {}}
    local deepest = 0
    for _, stack in ipairs(sorted_stacks()) do
        local node = root
        node.total = node.total + sums[stack]
        local depth = 0
        for _, name in ipairs(split(stack, ";")) do
            local child = node.children[name]
            if not child then
                child = {name = name, total = 0, children = {}, order = {}}
                node.children[name] = child
                node.order[#node.order + 1] = child
            end
            child.total = child.total + sums[stack]
            node = child
            depth = depth + 1
        end
        deepest = math.max(deepest, depth)
    end
    return root, deepest
end

local function escaped(text)
    return (text:gsub('[&<>"]', {["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;"}))
end

local function color(name)
    local sum = 0
    for i = 1, #name do
        sum = (sum * 31 + name:byte(i)) % 9973
    end
    return string.format("hsl(%d,75%%,%d%%)", sum % 50, 58 + sum % 14)
end

local function box(node, x, depth, deepest, whole)
    local width = node.total / whole * WIDTH
    if width < NARROWEST then
        return
    end
    local label = ""
    if width > 30 then
        label = string.format('<text x="%.1f" y="%d">%s</text>', x + 3, (deepest - depth) * ROW + 13,
            escaped(node.name:sub(1, math.floor((width - 6) / 6.6))))
    end
    print(string.format('<g><title>%s: %s, %.2f%%</title><rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s"/>%s</g>',
        escaped(node.name), format_time_interval(node.total), node.total / whole * 100, x, (deepest - depth) * ROW, width,
        ROW - 1, color(node.name), label))
    for _, child in ipairs(node.order) do
        box(child, x, depth + 1, deepest, whole)
        x = x + child.total / whole * WIDTH
    end
end

function on_capture_end()
    if output == "folded" then
        for _, stack in ipairs(sorted_stacks()) do
            print(string.format("%s %d", stack, sums[stack]))
        end
        return true
    end
    local root, deepest = tree()
    print('<!DOCTYPE html><html><head><meta charset="utf-8"><title>Time in system calls</title></head><body>')
    print(string.format('<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="monospace" font-size="11">',
        WIDTH, (deepest + 1) * ROW))
    if root.total > 0 then
        box(root, 0, 0, deepest, root.total)
    end
    print("</svg></body></html>")
    return true
end
