description = "The containers in which the most system calls failed."
short_description = "Containers by failed calls"
category = "Errors"
args = {}

local top = require "top"

function on_init()
    return top.by {
        keys = "container.name", titles = "container.name",
        value = "evt.count", title = "#Errors",
        filter = "evt.failed=true and container.name!=host",
        most = 100, units = "none",
    }
end
