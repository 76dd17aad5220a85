-- What is known of threads at the first event that the user's filter lets through.

local thread_list = {}

-- To be called by the main chunk. t: filter (in front of the user's), header, row(tid, thread, fd, fdinfo) or
-- row(tid, thread) where t.threads is set.
function thread_list.start(t)
    local filter = t.filter
    local seen = false

    function on_set_arg(_, value)
        filter = filter and filter .. " and (" .. value .. ")" or value
        return true
    end

    function on_init()
        return true
    end

    function on_event()
        seen = true
        sysdig.end_capture()
        return false
    end

    function on_capture_end()
        if not seen then
            print("empty capture or no event matching the filter")
            return true
        end
        local threads = sysdig.get_thread_table(filter)
        print(t.header)
        for tid, thread in pairs_top_by_val(threads, 0, function(_, a, b) return a < b end) do
            if t.threads then
                t.row(tid, thread)
            else
                for fd, info in pairs_top_by_val(thread.fdtable, 0, function(_, a, b) return a < b end) do
                    t.row(tid, thread, fd, info)
                end
            end
        end
        return true
    end
end

-- A line of texts, each of so many characters; the last as it is.
function thread_list.line(widths, ...)
    local cells = {...}
    for i, width in ipairs(widths) do
        cells[i] = extend_string(tostring(cells[i]), width)
    end
    return table.concat(cells)
end

return thread_list
