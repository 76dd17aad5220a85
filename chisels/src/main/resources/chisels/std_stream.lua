-- The data that goes through one of the three standard descriptors.

local std_stream = {}

-- To be called by the main chunk. with_place: show the container where the user asked for it.
function std_stream.start(fd, with_place)
    local terminal = require "ansiterminal"
    terminal.enable_color(true)
    local data, container, container_id, shows_place

    function on_set_arg(_, value)
        if value:find("^disable_color") then
            terminal.enable_color(false)
        end
        return true
    end

    function on_init()
        data = chisel.request_field("evt.rawarg.data")
        container = chisel.request_field("container.name")
        container_id = chisel.request_field("container.id")
        shows_place = with_place and sysdig.is_print_container_data()
        sysdig.set_snaplen(2000)
        chisel.set_filter("fd.num=" .. fd .. " and evt.is_io=true")
        return true
    end

    function on_event()
        local text = evt.field(data)
        if text == nil then
            return true
        end
        if shows_place then
            local place = evt.field(container) or "host"
            text = string.format("%s%-20.20s %-20.20s %s", place == "host" and terminal.green or terminal.blue,
                evt.field(container_id) or "host", place, text)
        end
        print(text)
        return true
    end
end

return std_stream
