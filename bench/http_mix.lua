-- What visitors ask for, for wrk: a page of the list in $FAIRLEAD_PAGES (lines "weight target"), as browsers do,
-- compressed. A target that ends in "=" gets one of many words, so that it is mostly a page nobody has asked for yet.
-- $FAIRLEAD_THINK_MS is what a connection waits between two requests on the average; without it, none waits.
local think = tonumber(os.getenv("FAIRLEAD_THINK_MS") or "0")
local requests, searches, total = {}, {}, 0

function init(args)
    math.randomseed(os.time())
    for line in io.lines(os.getenv("FAIRLEAD_PAGES")) do
        local weight, target = line:match("^(%d+) (%S+)$")
        local headers = { ["Accept-Encoding"] = "gzip, deflate, br", ["Accept-Language"] = "zh-CN,zh;q=0.9" }
        for _ = 1, tonumber(weight) do
            total = total + 1
            if target:match("=$") then
                searches[total] = target
            else
                requests[total] = wrk.format("GET", target, headers)
            end
        end
    end
end

function request()
    local i = math.random(total)
    if requests[i] then return requests[i] end
    local word = string.char(math.random(97, 122), math.random(97, 122), math.random(97, 122))
    return wrk.format("GET", searches[i] .. word, { ["Accept-Encoding"] = "gzip" })
end

if think > 0 then
    function delay() return math.random(0, 2 * think) end
end

function done(summary, latency)
    local errors = summary.errors
    io.write(string.format("figures %.0f %.2f %.2f %.2f %d\n", summary.requests * 1e6 / summary.duration,
        latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency.max / 1000,
        errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
