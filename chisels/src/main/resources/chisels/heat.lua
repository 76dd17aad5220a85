-- Lines of a heat map: a column's colour tells how many events a second fell into it, from green over yellow to red, on
-- terminals with 256 colours; elsewhere a character from blank to @ does.

local terminal = require "ansiterminal"
terminal.enable_color(true)

local heat = {}

local COLORS = {22, 28, 64, 34, 70, 76, 112, 118, 154, 190, 226, 220, 214, 208, 202, 196, 197, 160, 124, 88}
local CHARACTERS = " .:-=+*#%@"
local STEP = math.log(1.6) -- each colour stands for 1.6 times as many as the one before

local width, colored

function heat.start()
    width = sysdig.get_terminal_info().width
    if width < 20 then
        width = 80
    end
    local kind = os.getenv("TERM") or ""
    colored = sysdig.is_tty() and (kind:find("256") or kind:find("^xterm") or kind:find("^screen") or kind:find("^tmux"))
    if colored then
        terminal.hidecursor()
    end
    return width
end

-- counts: number of events by column from 1; per_second: what one of them stands for.
function heat.row(counts, per_second)
    if not colored then
        local line = {}
        for x = 1, width do
            local n = counts[x] or 0
            local level = n == 0 and 1 or math.min(#CHARACTERS, 2 + math.floor(math.log(n * per_second + 1) / STEP / 2.5))
            line[x] = CHARACTERS:sub(level, level)
        end
        print((table.concat(line):gsub(" +$", "")))
        return
    end
    terminal.moveup(1)
    local last
    for x = 1, width do
        local n = counts[x] or 0
        local color = 0
        if n > 0 then
            color = COLORS[math.max(1, math.min(#COLORS, math.floor(math.log(n * per_second + 1) / STEP)))]
        end
        if color ~= last then
            terminal.setbgcol(color)
            last = color
        end
        io.write(" ")
    end
    io.write(terminal.reset, "\n")
end

-- A scale of so many marks, mark(i) is the text of one, from 0.
function heat.scale(marks, mark)
    local line = ""
    for i = 0, marks - 1 do
        local column = math.ceil(i * width / marks)
        if column >= #line then
            local text = "|" .. mark(i)
            if column + #text <= width then
                line = line .. string.rep(" ", column - #line) .. text
            end
        end
    end
    io.write(line, "\n")
end

function heat.finish()
    if colored then
        print(terminal.reset)
        terminal.showcursor()
    end
end

return heat
