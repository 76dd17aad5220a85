-- What chisels that only count have in common: they become a table_generator, with containers where the user asked for.

local top = {}

-- t: keys, titles, value, title, filter, most, units; container_keys and container_titles with -pc.
function top.by(t)
    local keys, titles = t.keys, t.titles
    if sysdig.is_print_container_data() and t.container_keys then
        keys, titles = t.container_keys, t.container_titles
    end
    chisel.exec("table_generator", keys, titles, t.value, t.title, t.filter or "", tostring(t.most or 0), t.units)
    return true
end

return top
