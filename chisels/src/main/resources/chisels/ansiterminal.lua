-- Escape sequences of terminals: colours as texts to print, cursor movements as functions that write at once.

local ESCAPE = "\27["

local terminal = {}

local attributes = {
    reset = 0, clear = 0, bright = 1, dim = 2, underscore = 4, blink = 5, reverse = 7, hidden = 8,
}
for i, name in ipairs {"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"} do
    attributes[name] = 29 + i
    attributes["on" .. name] = 39 + i
end

-- Fills in the colours, or empty texts in their place.
function terminal.enable_color(on)
    for name, code in pairs(attributes) do
        terminal[name] = on == true and ESCAPE .. code .. "m" or ""
    end
end

local function sequence(...)
    io.write(ESCAPE, ...)
end

function terminal.clearscreen()
    sequence("2J")
end

function terminal.moveto(row, column)
    sequence(tostring(row), ";", tostring(column), "H")
end

function terminal.moveup(lines)
    sequence(tostring(lines), "F")
end

function terminal.clearline()
    sequence("2K")
end

function terminal.hidecursor()
    sequence("?25l")
end

function terminal.showcursor()
    sequence("?25h")
end

-- Foreground and background out of 256 colours.
function terminal.setfgcol(color)
    sequence("38;5;", tostring(color), "m")
end

function terminal.setbgcol(color)
    sequence("48;5;", tostring(color), "m")
end

return terminal
