description = "What processes read from their standard input. Use a filter to pick a process."
short_description = "Standard input of processes"
category = "I/O"
args = {}

require("std_stream").start(0, false)
