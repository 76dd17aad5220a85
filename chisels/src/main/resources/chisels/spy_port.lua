description = "The data exchanged through a port, reads in red, writes in blue. -x, -X and -A show it in other ways."
short_description = "Data exchanged through a port"
category = "Net"

local spy = require "spy_socket"
args = {
    {name = "host_port", description = "the port, of either end", argtype = "int"},
    spy.color_argument,
}

spy.start("fd.port")
