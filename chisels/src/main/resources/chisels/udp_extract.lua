local DIRECTORY = "./udp_dump_files"

description = "Writes the data of each UDP socket in a capture file to a file of its own in " .. DIRECTORY
    .. ", named after both ends, with _ for : and - for >. Prints nothing."
short_description = "Write the data of UDP sockets to files"
category = "I/O"
args = {}

local data, name
local files = {}

function on_init()
    data = chisel.request_field("evt.rawarg.data")
    name = chisel.request_field("fd.name")
    sysdig.set_snaplen(16384)
    chisel.set_filter("evt.dir=< and evt.rawres>=0 and fd.l4proto=udp and evt.is_io=true")
    return true
end

function on_capture_start()
    if sysdig.is_live() then
        print("udp_extract works on capture files only: use -r")
        return false
    end
    os.execute("mkdir -p " .. DIRECTORY)
    return true
end

function on_event()
    local bytes, socket = evt.field(data), evt.field(name)
    if not bytes or not socket or socket == "" then
        return true
    end
    if not files[socket] then
        local path = DIRECTORY .. "/" .. socket:gsub(":", "_"):gsub(">", "-"):gsub("/", "_")
        files[socket] = assert(io.open(path, "w"))
    end
    files[socket]:write(bytes)
    return true
end

function on_capture_end()
    for _, file in pairs(files) do
        file:close()
    end
    return true
end
