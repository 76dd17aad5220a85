description = "Adds up the bytes read and written through file descriptors for each value of a field, for example "
    .. "fd.name, fd.directory, proc.name, user.name or fd.cip."
short_description = "Bytes read and written, by any field"
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
    chisel.exec("table_generator", key, key, "evt.rawarg.res", "Bytes", "evt.is_io=true and evt.failed=false", "100", "bytes")
    return true
end
