description = "The data exchanged with an address, reads in red, writes in blue. -x, -X and -A show it in other ways."
short_description = "Data exchanged with an address"
category = "Net"

local spy = require "spy_socket"
args = {
    {name = "host_ip", description = "the address, of either end", argtype = "ipv4"},
    spy.color_argument,
}

spy.start("fd.ip")
