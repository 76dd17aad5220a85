description = "What processes did to the file system: which files they opened, created, deleted, renamed and linked, which "
    .. "directories they made and removed, and how often. Only calls that succeeded count."
short_description = "Files opened, created, deleted, renamed"
category = "I/O"
args = {
    {name = "what", description = "changes: leave out files that were only opened", argtype = "string", optional = true},
}

local rows = require "rows"

local DELETES = {unlink = "delete", unlinkat = "delete", rmdir = "rmdir"}
local MAKES = {mkdir = "mkdir", mkdirat = "mkdir", mknod = "create", mknodat = "create", creat = "create"}
local PAIRS = {
    rename = "rename", renameat = "rename", renameat2 = "rename", link = "link", linkat = "link", symlink = "symlink",
    symlinkat = "symlink",
}

local changes_only = false
local sums = {}

function on_set_arg(_, value)
    changes_only = value == "changes"
    return changes_only
end

function on_init()
    local kind = chisel.request_field("evt.type")
    local process = chisel.request_field("proc.name")
    local pid = chisel.request_field("proc.pid")
    local path = chisel.request_field("fs.path.name")
    local source = chisel.request_field("fs.path.source")
    local target = chisel.request_field("fs.path.target")
    local name = chisel.request_field("fd.name")
    local created = chisel.request_field("evt.is_open_create")
    chisel.set_filter("evt.failed=false and evt.dir=< and evt.type in (open, openat, openat2, open_by_handle_at, creat, "
        .. "unlink, unlinkat, rmdir, mkdir, mkdirat, mknod, mknodat, rename, renameat, renameat2, link, linkat, symlink, "
        .. "symlinkat)")

    function on_event()
        local call = evt.field(kind)
        local action = DELETES[call] or MAKES[call] or PAIRS[call]
        local what
        if PAIRS[call] then
            what = (evt.field(source) or "<NA>") .. " -> " .. (evt.field(target) or "<NA>")
        else
            what = evt.field(path) or evt.field(name)
        end
        if not action then
            action = evt.field(created) and "create" or "open"
        end
        if not what or what == "" or changes_only and action == "open" then
            return true
        end
        local key = action .. "\1\1" .. (evt.field(process) or "<NA>") .. "\1\1" .. (evt.field(pid) or "<NA>") .. "\1\1" .. what
        sums[key] = (sums[key] or 0) + 1
        return true
    end

    rows.start {
        columns = {{"Times", 8}, {"Action", 9}, {"Process", 18}, {"PID", 9}, {"Path"}},
        names = {"times", "action", "process", "pid", "path"},
        collect = function() return rows.of(sums, 0) end,
        clear = function() sums = {} end,
    }
    return true
end
