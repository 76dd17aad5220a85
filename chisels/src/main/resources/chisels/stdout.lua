description = "What processes write to their standard output. Use a filter to pick a process."
short_description = "Standard output of processes"
category = "I/O"
args = {}

require("std_stream").start(1, false)
