-- A client of statsd's text protocol (name:value|kind|@rate) over UDP.

local Client = {}

local function line(client, name, value, kind, rate)
    local start = client.namespace and client.namespace .. "." or ""
    local tail = rate ~= 1 and "|@" .. rate or ""
    return start .. name:gsub("[:|@]", "_") .. ":" .. value .. "|" .. kind .. tail
end

function Client:send_to_socket(text)
    return sysdig.udp_send(text)
end

-- Sends one metric, or a table of them in as few packets as the packet size allows.
function Client:send(metric, value, kind, rate, negative)
    if type(metric) == "table" then
        rate = value
    end
    rate = rate or 1
    if rate ~= 1 and math.random() > rate then
        return
    end
    if type(metric) ~= "table" then
        return self:send_to_socket(line(self, metric, value, kind, rate))
    end
    local packet, size = {}, 0
    for name, amount in pairs(metric) do
        if kind == "c" then
            if type(name) == "number" then
                name, amount = amount, 1
            end
            amount = negative and -amount or amount
        end
        local text = line(self, name, amount, kind, rate)
        if #packet > 0 and size + #text + 1 > self.packet_size then
            self:send_to_socket(table.concat(packet, "\n"))
            packet, size = {}, 0
        end
        packet[#packet + 1] = text
        size = size + #text + 1
    end
    return self:send_to_socket(table.concat(packet, "\n"))
end

function Client:gauge(name, value, rate)
    return self:send(name, value, "g", rate)
end

function Client:counter(name, value, rate)
    return self:send(name, value, "c", rate)
end

function Client:increment(name, value, rate)
    return self:send(name, value or 1, "c", rate, false)
end

function Client:decrement(name, value, rate)
    value = value or 1
    return self:send(name, type(name) == "string" and -value or value, "c", rate, true)
end

function Client:timer(name, milliseconds)
    return self:send(name, milliseconds, "ms")
end

function Client:histogram(name, value)
    return self:send(name, value, "h")
end

function Client:meter(name, value)
    return self:send(name, value, "m")
end

function Client:set(name, value)
    return self:send(name, value, "s")
end

return function(options)
    options = options or {}
    sysdig.udp_setpeername(options.host or "127.0.0.1", options.port or 8125)
    local client = {namespace = options.namespace, packet_size = options.packet_size or 508}
    for name, method in pairs(Client) do
        client[name] = method
    end
    return client
end
