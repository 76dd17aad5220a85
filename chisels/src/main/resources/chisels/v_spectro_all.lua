view_info = {
    id = "spectro_all",
    name = "Spectrogram-All",
    description = "How long calls took over time: colours say how many calls had which latency.",
    tips = {"Choose an area to see its calls."},
    view_type = "spectrogram",
    applies_to = {"evt.type"},
    filter = "evt.dir=<",
    use_defaults = false,
    columns = {
        {name = "NA", field = "evt.latency.quantized", is_key = true},
        {name = "LATENCY", field = "evt.latency.quantized", description = "Step of the latency: nine and a bit for each power "
            .. "of ten of nanoseconds."},
        {name = "COUNT", field = "evt.count", description = "How many calls had it.", colsize = 8, aggregation = "SUM"},
    },
}
