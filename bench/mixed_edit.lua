-- What editors do, for wrk: each thread is one of them and has one connection (-t20 -c20). Its record is a line "id revision"
-- of $FAIRLEAD_RECORDS; it changes one field of it, again and again, each time from the revision that the last reply told.
-- $FAIRLEAD_TOKEN is of an account that may; $FAIRLEAD_THINK_MS is what an editor waits between two edits on the average.
local think = tonumber(os.getenv("FAIRLEAD_THINK_MS") or "0")
local editors, threads = 0, {}

function setup(thread)
    editors = editors + 1
    thread:set("number", editors)
    table.insert(threads, thread)
end

function init(args)
    local line = 0
    for id, revision in io.open(os.getenv("FAIRLEAD_RECORDS")):read("*a"):gmatch("(%d+) (%d+)") do
        line = line + 1
        if line == number then record, known = id, revision end
    end
    edits, wrong = 0, ""
    math.randomseed(number)
    headers = { ["Authorization"] = "Bearer " .. os.getenv("FAIRLEAD_TOKEN"), ["Content-Type"] = "application/json" }
end

function request()
    edits = edits + 1
    return wrk.format("POST", "/api/v1/changes", headers, string.format('{"operations":[{"op":"update",'
        .. '"table":"organisation","id":%s,"revision":%s,"values":{"website":"https://firm.example/%d"}}]}',
        record, known, edits))
end

function response(status, headers, body)
    local revision = body:match('"revision":(%d+)')
    if status == 200 and revision then known = revision else wrong = status .. " " .. body:sub(1, 300) end
end

if think > 0 then
    function delay() return math.random(0, 2 * think) end
end

function done(summary, latency)
    local errors = summary.errors
    io.write(string.format("figures %.1f %.2f %.2f %.2f %d\n", summary.requests * 1e6 / summary.duration,
        latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency.max / 1000,
        errors.connect + errors.read + errors.write + errors.status + errors.timeout))
    for _, thread in ipairs(threads) do
        local words = thread:get("wrong")
        if words ~= "" then io.write("wrong " .. words .. "\n") break end
    end
end
