-- Tables that are drawn anew every second while tracing live on a terminal, given every second as JSON with -j, and
-- printed once at the end everywhere else.

local terminal = require "ansiterminal"

local refresh = {}
local drawn = false

local function draws(info)
    return sysdig.is_tty() and info.output_format ~= "json"
end

-- To be called by on_capture_start.
function refresh.start(info)
    info.output_format = sysdig.get_output_format()
    if sysdig.is_live() and (sysdig.is_tty() or info.output_format == "json") then
        chisel.set_interval_s(1)
        if draws(info) then
            terminal.clearscreen()
            terminal.hidecursor()
        end
    end
end

-- To be called before each table.
function refresh.redraw(info)
    if draws(info) then
        terminal.clearscreen()
        terminal.moveto(0, 0)
        drawn = true
    end
end

-- To be called at the end. True if what was gathered since the last table shall be printed: the last whole second's table
-- stays on the terminal.
function refresh.finish(info)
    if sysdig.is_live() and draws(info) then
        terminal.showcursor()
        return not drawn
    end
    return true
end

return refresh
