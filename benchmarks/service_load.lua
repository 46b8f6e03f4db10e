-- Walks a list of addresses in order, each connection's next request taking the next one, and tells as JSON how long
-- answers took. Run by service_load.py: wrk ... -- ADDRESSES KEY
local paths, at = {}, 0

function init(arguments)
    for line in io.lines(arguments[1]) do
        paths[#paths + 1] = line
    end
    wrk.headers["Authorization"] = "Bearer " .. arguments[2]
    wrk.headers["Accept-Encoding"] = "gzip"
end

function request()
    at = at % #paths + 1
    return wrk.format("GET", paths[at])
end

function done(summary, latency, requests)
    local errors = summary.errors
    io.write(string.format(
        '{"requests": %d, "seconds": %.3f, "bytes": %d, "p50": %.2f, "p95": %.2f, "p99": %.2f, "max": %.2f, "errors": %d}\n',
        summary.requests, summary.duration / 1e6, summary.bytes,
        latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3,
        errors.connect + errors.read + errors.write + errors.status + errors.timeout
    ))
end
