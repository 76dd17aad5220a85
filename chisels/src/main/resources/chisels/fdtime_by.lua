description = "Adds up the time that reads and writes took for each value of a field, for example fd.name, proc.name or fd.type."
short_description = "Time of reads and writes, by any field"
category = "I/O"
args = {
    {name = "key", description = "the field to group by", argtype = "string"},
}

local key

function on_set_arg(name, value)
    key = value
    return true
end

function on_init()
    chisel.exec("table_generator", key, key, "evt.latency", "Time", "evt.is_io=true", "10", "time")
    return true
end
