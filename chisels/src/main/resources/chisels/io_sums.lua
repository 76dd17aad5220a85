-- Bytes in and out, every second.

local io_sums = {}

-- To be called by on_init.
function io_sums.start(filter)
    local bytes = chisel.request_field("evt.rawarg.res")
    local is_read = chisel.request_field("evt.is_io_read")
    local read, written = 0, 0
    chisel.set_filter(filter)
    chisel.set_interval_s(1)

    function on_event()
        local count = evt.field(bytes)
        if count and count > 0 then
            if evt.field(is_read) then
                read = read + count
            else
                written = written + count
            end
        end
        return true
    end

    function on_interval(seconds)
        print(string.format("%s in:%d out:%d tot:%d", os.date("%H:%M:%S", seconds), read, written, read + written))
        read, written = 0, 0
        return true
    end

    return true
end

return io_sums
