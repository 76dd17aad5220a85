description = "Every read and write of files, or of one file: when, who, R or W, how many bytes, which file, and the data."
short_description = "Reads and writes of files with their data"
category = "I/O"
args = {
    {name = "read_or_write", description = "R: reads only, W: writes only, RW: both, as without it", argtype = "string",
        optional = true},
    {name = "spy_on_file_name", description = "only this file", argtype = "string", optional = true},
}

require "common"

local mode, file = "RW", nil
local time, process, pid, is_write, count, name, data

function on_set_arg(argument, value)
    if argument == "read_or_write" then
        mode = value:upper()
        return mode == "R" or mode == "W" or mode == "RW"
    end
    file = value
    return true
end

function on_init()
    time = chisel.request_field("evt.time")
    process = chisel.request_field("proc.name")
    pid = chisel.request_field("proc.pid")
    is_write = chisel.request_field("evt.is_io_write")
    count = chisel.request_field("evt.rawarg.res")
    name = chisel.request_field("fd.name")
    data = chisel.request_field("evt.arg.data")
    sysdig.set_snaplen(2000)
    sysdig.set_output_format("ascii")
    -- what this tool itself writes to a terminal would come back as a write
    local which = file and file ~= "" and 'fd.name="' .. file .. '"'
        or "not fd.name contains /dev/pt and not fd.name contains /dev/tty"
    local direction = {R = "evt.is_io_read=true", W = "evt.is_io_write=true"}
    chisel.set_filter(which .. " and " .. (direction[mode] or "evt.is_io=true")
        .. " and fd.type=file and evt.dir=< and evt.failed=false")
    return true
end

function on_event()
    local size = evt.field(count) or 0
    print(string.format("%s %s(%s) %s %s %s %s", evt.field(time), evt.field(process) or "<NA>", evt.field(pid),
        evt.field(is_write) and "W" or "R", format_bytes(size), evt.field(name) or "<NA>",
        size > 0 and evt.field(data) or ""))
    return true
end
