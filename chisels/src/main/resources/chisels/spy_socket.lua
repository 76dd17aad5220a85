-- The data that goes through sockets, reads in red, writes in blue.

require "common"
local terminal = require "ansiterminal"
terminal.enable_color(true)

local spy_socket = {}

spy_socket.color_argument =
    {name = "disable_color", description = "disable_colors: print without colours", argtype = "string", optional = true}

-- To be called by the main chunk: field is what the first argument is compared with.
function spy_socket.start(field)
    local value
    local data, is_read, count

    function on_set_arg(name, text)
        if name ~= "disable_color" then
            value = text
        elseif text:find("^disable_color") then
            terminal.enable_color(false)
        end
        return true
    end

    function on_init()
        data = chisel.request_field("evt.arg.data")
        is_read = chisel.request_field("evt.is_io_read")
        count = chisel.request_field("evt.rawarg.res")
        sysdig.set_snaplen(1000)
        chisel.set_filter("evt.is_io=true and (fd.type=ipv4 or fd.type=ipv6) and " .. field .. "=" .. value)
        return true
    end

    function on_event()
        local size, text = evt.field(count), evt.field(data)
        if size and size > 0 and text then
            local reads = evt.field(is_read)
            print(string.format("%s------ %s %s", reads and terminal.red or terminal.blue, reads and "Read" or "Write",
                format_bytes(size)))
            print(text)
        end
        return true
    end

    function on_capture_end()
        print(terminal.reset)
        return true
    end
end

return spy_socket
