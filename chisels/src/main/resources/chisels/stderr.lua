description = "What processes write to their standard error. Use a filter to pick a process. With -pc the container stands in "
    .. "front, blue for containers and green for the host."
short_description = "Standard error of processes"
category = "I/O"
args = {
    {name = "disable_color", description = "disable_colors: print without colours", argtype = "string", optional = true},
}

require("std_stream").start(2, true)
