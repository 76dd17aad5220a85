local parts = require "view_parts"

view_info = {
    id = "spectro_file",
    name = "Spectrogram-File",
    description = "How long calls about files took over time: colours say how many calls had which latency.",
    tips = {"Choose an area to see its calls."},
    view_type = "spectrogram",
    applies_to = parts.offered({"", "container.id", "proc.pid", "thread.nametid", "thread.tid", "proc.name", "evt.res", "fd.name",
        "fd.containername", "fd.directory", "fd.containerdirectory"}),
    filter = "evt.dir=< and fd.type=file",
    use_defaults = false,
    columns = {
        {name = "NA", field = "evt.latency.quantized", is_key = true},
        {name = "LATENCY", field = "evt.latency.quantized", description = "Step of the latency: nine and a bit for each power "
            .. "of ten of nanoseconds."},
        {name = "COUNT", field = "evt.count", description = "How many calls had it.", colsize = 8, aggregation = "SUM"},
    },
}
