/* The API as another program meets it: a real server, every route, every reply checked against the served document. */
import assert from "node:assert/strict";
import { finish, run, test, withServer } from "../serve.mjs";
import { also, withApi } from "./harness.mjs";

const EDITIONS = ["2023", "2024", "2025", "2026"];

/* Targets with the path's parameter filled by each of the values that its list gives. */
async function targets(api) {
    const values = async (list, key) => (await api.walk(`${list}?fields=${key}`, 1000)).map((item) => item[key]);
    const exhibitors = await values("/api/v1/exhibitors", "id");
    const chains = await values("/api/v1/chains", "code");
    const named = {
        "/api/v1/editions/{edition}": EDITIONS,
        "/api/v1/exhibitors/{id}": exhibitors,
        "/api/v1/exhibitors/{id}/suppliers": exhibitors,
        "/api/v1/exhibitors/{id}/customers": exhibitors,
        "/api/v1/organisations/{id}": await values("/api/v1/organisations", "id"),
        "/api/v1/chains/{code}": chains,
        "/api/v1/chains/{code}/map": chains,
        "/api/v1/nodes/{code}": await values("/api/v1/nodes", "code"),
        "/api/v1/scenarios/{code}": await values("/api/v1/scenarios", "code"),
        "/api/v1/pavilions/{id}": await values("/api/v1/pavilions", "id"),
        "/api/v1/exhibits/{id}": await values("/api/v1/exhibits", "id"),
        "/api/v1/programme/{code}": await values("/api/v1/programme", "code"),
        "/api/problems/{name}": ["not-found", "unknown-parameter", "invalid-parameter", "invalid-cursor", "malformed-request", "method-not-allowed",
            "too-large", "invalid-body", "media-type", "sign-in", "denied", "forged", "change-password", "conflict", "in-use",
            "address-too-long", "too-many-requests", "headers-too-large", "internal", "unknown-method", "http-version"],
    };
    const files = (await api.get("/api/v1/data/2024/datapackage.json")).body.resources.flatMap((r) => [r.path, r.path_json]);
    const data = ["datapackage.json", ...files].map((file) => ({ target: `/api/v1/data/2023/${file}` }));
    return data.concat(Object.keys(api.document.paths).filter((path) => !path.includes("/data/")).flatMap((path) => {
        const parameter = /\{\w+\}/.exec(path);
        if (parameter === null) return [{ path, target: api.needed(path) }];
        assert.ok(named[path]?.length > 0, `the test knows what stands for ${parameter} in ${path}`);
        return named[path].map((value) => ({ path, target: path.replace(parameter[0], encodeURIComponent(value)) }));
    }));
}

/* The JSON of a problem as RFC 9457 has it, with the parameter that is wrong. */
async function problem(api, target, status, name, parameter, words) {
    const { body, headers } = await api.get(target, { status });
    assert.equal(headers.get("content-type"), "application/problem+json", target);
    assert.equal(body.type, `/api/problems/${name}`, `${target}: ${JSON.stringify(body)}`);
    assert.equal(body.status, status, target);
    assert.equal(body.parameter, parameter, target);
    assert.match(body.detail, words, target);
    assert.equal(headers.get("cache-control"), "no-store", target);
    assert.match((await api.get(body.type)).body, /<h1>/, "the type leads to a page");
}

await withApi(async (api, served) => {
    await test("the document is OpenAPI 3.1 by an independent validator", async () => {
        const { Validator } = await import("@seriousme/openapi-schema-validator");
        const found = await new Validator().validate(structuredClone(api.whole));
        assert.ok(found.valid, JSON.stringify(found.errors));
        assert.equal(api.document.openapi, "3.1.0");
    });

    await test("every example in the document is taken", async () => {
        for (const [path, item] of Object.entries(api.document.paths)) {
            if (path.includes("{")) continue;
            for (const parameter of item.get.parameters.filter((p) => p.example !== undefined))
                if (!parameter.required)
                    await api.get(also(api.needed(path), `${parameter.name}=${encodeURIComponent(parameter.example)}`));
        }
    });

    await test("every address answers in every edition as its schema says", async () => {
        for (const { target } of await targets(api)) await api.get(target);
        await api.get("/api/v1/data/exhibitors.json?edition=2025", { status: 302 });
        for (const { target, operation } of api.lists())
            for (const edition of EDITIONS)
                await api.walk(operation.parameters.some((p) => p.name === "edition") ? also(target, `edition=${edition}`) : target, 1000);
    });

    await test("cursors walked to the end give every item once, whatever the size of a page", async () => {
        for (const { target } of api.lists()) {
            const whole = await api.walk(target, 1000);
            const keys = whole.map((item) => JSON.stringify(item));
            assert.equal(new Set(keys).size, keys.length, `${target}: no item twice`);
            for (const limit of [1, 7]) {
                if (whole.length / limit > 400) continue;
                assert.deepEqual(await api.walk(target, limit), whole, `${target} by ${limit}`);
            }
        }
        for (const sort of ["name_en", "name_zh"]) {
            const whole = await api.walk(`/api/v1/organisations?sort=${sort}`, 1000);
            assert.deepEqual(await api.walk(`/api/v1/organisations?sort=${sort}`, 5), whole, sort);
        }
    });

    await test("a choice of fields gives those fields as the whole record has them", async () => {
        for (const { target, operation } of api.lists()) {
            const fields = operation.parameters.find((p) => p.name === "fields")?.schema.items.enum;
            if (fields === undefined) continue;
            const whole = (await api.get(also(target, "limit=3"))).body.items;
            for (const field of fields) {
                const { body } = await api.get(also(target, `limit=3&fields=${field}`));
                assert.deepEqual(body.items, whole.map((item) => ({ [field]: item[field] })), `${target} ${field}`);
            }
            const { body } = await api.get(also(target, `limit=3&fields=${fields.slice(0, 3).join(",")}`));
            assert.deepEqual(body.items.map(Object.keys), whole.map(() => fields.slice(0, 3)), target);
        }
    });

    await test("filters choose what they say", async () => {
        const all = await api.walk("/api/v1/exhibitors", 1000);
        const by = {
            "country=US": (e) => e.country?.code === "US",
            "country=cn": (e) => e.country?.code === "CN",
            "region=CN-BJ": (e) => e.region?.code === "CN-BJ",
            "size=large": (e) => e.size === "large",
            "area=smart-vehicle": (e) => e.area?.code === "smart-vehicle",
            "type=direct": (e) => e.type === "direct",
            "seen=new": (e) => e.seen === "new",
            "node=bat.cell": (e) => e.offers.some((o) => o.node.code === "bat.cell"),
            "chain=clean-energy": (e) => e.offers.some((o) => o.places.some((p) => p.chain.code === "clean-energy")),
            "chain=clean-energy&stage=upstream": (e) => e.offers.some((o) => o.places.some(
                (p) => p.chain.code === "clean-energy" && p.stage === "upstream")),
            "country=US&seen=returning": (e) => e.country?.code === "US" && e.seen === "returning",
            "q=tesla": (e) => e.name_en === "Tesla",
        };
        for (const [query, takes] of Object.entries(by)) {
            const expected = all.filter(takes);
            assert.ok(expected.length > 0, `the sample has exhibitors for ${query}`);
            assert.deepEqual(await api.walk(`/api/v1/exhibitors?${query}`, 4), expected, query);
        }
        const events = await api.walk("/api/v1/programme?edition=2023", 1000);
        const byEvent = {
            "host=CCPIT": (e) => e.hosts.some((h) => h.name_en === "CCPIT"),
            "kind=signing": (e) => e.kind === "signing",
            "day=2023-11-28": (e) => e.starts !== null && e.starts <= "2023-11-28" && (e.ends ?? e.starts) >= "2023-11-28",
        };
        for (const [query, takes] of Object.entries(byEvent)) {
            const expected = events.filter(takes);
            assert.ok(expected.length > 0, `the sample has events for ${query}`);
            assert.deepEqual(await api.walk(`/api/v1/programme?edition=2023&${query}`, 4), expected, query);
        }
        const lead = all.find((e) => e.lead !== null);
        if (lead) assert.ok((await api.walk(`/api/v1/exhibitors?lead=${lead.lead.id}`, 100)).some((e) => e.id === lead.id));
        assert.deepEqual((await api.get("/api/v1/exhibitors?country=US&region=CN-BJ")).body,
            { items: [], next: null, total: 0 }, "filters that exclude everything give an empty list");
    });

    await test("search finds by word, character, pinyin and code, tells the counts, and leads on", async () => {
        const finds = async (query) => (await api.get(`/api/v1/search?q=${encodeURIComponent(query)}`)).body;
        for (const query of ["tesla", "特斯拉", "tesila", "te4si1la1"])
            assert.equal((await finds(query)).items[0].name_en, "Tesla", query);
        assert.equal((await finds("bat.cell")).items[0].key, "bat.cell");
        const broad = await finds("battery");
        assert.equal(broad.counts.reduce((sum, one) => sum + one.count, 0), broad.total);
        assert.equal(broad.partial, false);
        for (const { kind, count } of broad.counts) {
            const only = await api.walk(`/api/v1/search?q=battery&kind=${kind}`, 4);
            assert.equal(only.length, count, kind);
            for (const hit of only) {
                assert.equal(hit.kind, kind);
                const { body } = await api.get(hit.address);
                assert.deepEqual([body.name_en ?? body.title_en, body.name_zh ?? body.title_zh], [hit.name_en, hit.name_zh]);
            }
        }
        assert.deepEqual((await finds("qqqxxx")).items, []);
        const near = (await finds("ningd")).items;
        const typos = (name) => near.find((hit) => hit.name_en === name).typo_count;
        assert.deepEqual([typos("CATL"), typos("Corning")], [0, 1], "each hit says whether it has a typo");
        await problem(api, "/api/v1/search", 400, "invalid-parameter", "q", /is needed/);
        await problem(api, "/api/v1/search?q=", 400, "invalid-parameter", "q", /is needed/);
        await problem(api, `/api/v1/search?q=${"x".repeat(201)}`, 400, "invalid-parameter", "q", /200 bytes/);
        await problem(api, `/api/v1/search?q=${encodeURIComponent("a b c d e f g h i j k l m n o p q")}`, 400, "invalid-parameter", "q", /./);
    });

    await test("what is wrong is said with its parameter and a way on", async () => {
        await problem(api, "/api/v1/exhibitors?contry=US", 400, "unknown-parameter", "contry", /Did you mean "country"\?/);
        await problem(api, "/api/v1/exhibitors?colour=red", 400, "unknown-parameter", "colour", /It takes chain, stage/);
        await problem(api, "/api/v1/exhibitors?limit=0", 400, "invalid-parameter", "limit", /from 1 to 1000/);
        await problem(api, "/api/v1/exhibitors?limit=1001", 400, "invalid-parameter", "limit", /from 1 to 1000/);
        await problem(api, "/api/v1/exhibitors?limit=ten", 400, "invalid-parameter", "limit", /whole number/);
        await problem(api, "/api/v1/exhibitors?limit=5&limit=6", 400, "invalid-parameter", "limit", /given twice/);
        await problem(api, "/api/v1/exhibitors?chain=clean-enrgy", 400, "invalid-parameter", "chain", /no chain "clean-enrgy"/);
        await problem(api, "/api/v1/exhibitors?country=XX", 400, "invalid-parameter", "country", /country or region "XX"/);
        await problem(api, "/api/v1/exhibitors?size=huge", 400, "invalid-parameter", "size", /small, medium, large/);
        await problem(api, "/api/v1/exhibitors?stage=top", 400, "invalid-parameter", "stage", /upstream, midstream, downstream/);
        await problem(api, "/api/v1/exhibitors?lead=999999", 400, "invalid-parameter", "lead", /no lead exhibitor/);
        await problem(api, `/api/v1/exhibitors?q=${"x".repeat(201)}`, 400, "invalid-parameter", "q", /200 bytes/);
        await problem(api, "/api/v1/exhibitors?fields=id,nam_en", 400, "invalid-parameter", "fields", /Did you mean "name_en"\?/);
        await problem(api, "/api/v1/exhibitors?edition=1999", 404, "not-found", "edition", /no edition "1999"/);
        await problem(api, "/api/v1/editions/1999", 404, "not-found", "edition", /\/api\/v1\/editions lists/);
        await problem(api, "/api/v1/exhibitors/999999", 404, "not-found", "id", /no exhibitor "999999"/);
        await problem(api, "/api/v1/exhibitors/one", 404, "not-found", "id", /whole number/);
        await problem(api, "/api/v1/chains/clean-enrgy", 404, "not-found", "code", /Did you mean "clean-energy"\?/);
        await problem(api, "/api/v1/gaps?chain=clean-enrgy", 400, "invalid-parameter", "chain", /Did you mean "clean-energy"\?/);
        await problem(api, "/api/v1/gaps?kind=none", 400, "invalid-parameter", "kind", /no-exhibitor, only-inferred/);
        await problem(api, "/api/v1/programme?day=26.11.2024", 400, "invalid-parameter", "day", /such as 2024-11-26/);
        await problem(api, "/api/v1/programme?day=2024-02-30", 400, "invalid-parameter", "day", /such as 2024-11-26/);
        await problem(api, "/api/v1/exhibits?field=nothing", 400, "invalid-parameter", "field", /There are .*smart-vehicle/);
        await problem(api, "/api/v1/exhibits?pavilion=999999", 400, "invalid-parameter", "pavilion", /no pavilion/);
        await problem(api, "/api/v1/nothing", 404, "not-found", undefined, /\/api\/v1 lists the addresses/);
        await problem(api, "/api/", 404, "not-found", undefined, /\/api\/v1 lists the addresses/);
        const elsewhere = (await api.walk("/api/v1/organisations", 1000)).find((o) => !o.exhibits);
        await problem(api, `/api/v1/exhibitors/${elsewhere.id}`, 404, "not-found", "id",
            new RegExp(`/api/v1/organisations/${elsewhere.id} names the editions`));
    });

    await test("a cursor of another list, edition or filter is refused and says so", async () => {
        const { next } = (await api.get("/api/v1/exhibitors?limit=2&size=large")).body;
        const list = "/api/v1/exhibitors?limit=2&size=large";
        await api.get(`${list}&cursor=${next}`);
        await api.get(`${list}&cursor=${next}&edition=2024&fields=id`);
        await api.get(`/api/v1/exhibitors?size=large&cursor=${next}&limit=9`);
        const wrong = {
            [`/api/v1/organisations?size=large&cursor=${next}`]: /another list, listExhibitors/,
            [`${list}&edition=2023&cursor=${next}`]: /belongs to the edition 2024/,
            [`/api/v1/exhibitors?cursor=${next}`]: /other filters/,
            [`${list}&country=US&cursor=${next}`]: /other filters/,
            [`${list}&cursor=${next}x`]: /damaged/,
            [`${list}&cursor=${next.slice(0, -1)}`]: /damaged/,
            [`${list}&cursor=${next.slice(1)}`]: /damaged/,
            [`${list}&cursor=10`]: /damaged/,
            [`${list}&cursor=%20%2B%3D`]: /damaged/,
            [`${list}&cursor=${encodeURIComponent("' OR 1=1 --")}`]: /damaged/,
        };
        for (const [target, words] of Object.entries(wrong))
            await problem(api, target, 400, "invalid-cursor", "cursor", words);
        await problem(api, `${list}&cursor=${"A".repeat(4097)}`, 400, "invalid-parameter", "cursor", /longer/);
    });

    await test("hostile values are refused or found to be nothing, never an error of the server", async () => {
        const values = ["'", "\"", "<script>", "../../etc/passwd", "%s%n", "-1", "9223372036854775808", "1e3", "\u202e", "💥",
            "null", "[]", "{}", "a".repeat(300), "a".repeat(7000), " ", ",,,", "*", "0x10", "NaN", "١٢"];
        for (const { path, operation } of api.lists())
            for (const parameter of operation.parameters)
                for (const value of values) {
                    const target = also(parameter.required ? path : api.needed(path), `${parameter.name}=${encodeURIComponent(value)}`);
                    const { status } = await fetch(api.address + target);
                    assert.ok([200, 400, 404, 414].includes(status), `GET ${target}: ${status}`);
                }
        for (const value of values)
            for (const path of ["/api/v1/exhibitors/", "/api/v1/organisations/", "/api/v1/editions/"]) {
                const { status } = await fetch(api.address + path + encodeURIComponent(value));
                assert.ok([400, 404, 414].includes(status), `GET ${path}${value}: ${status}`);
            }
    });

    await test("other sites may read; HEAD gives what GET gives, without the body", async () => {
        const get = await fetch(`${api.address}/api/v1/editions`, { headers: { Origin: "https://example.org" } });
        assert.equal(get.headers.get("access-control-allow-origin"), "*");
        assert.match(get.headers.get("access-control-expose-headers"), /ETag/);
        const head = await fetch(`${api.address}/api/v1/editions`, { method: "HEAD" });
        assert.equal(head.status, 200);
        assert.equal(await head.text(), "");
        for (const name of ["etag", "content-type"]) assert.equal(head.headers.get(name), get.headers.get(name), name);
        const wrong = await fetch(`${api.address}/api/v1/editions`, { method: "DELETE" });
        assert.equal(wrong.status, 405);
        assert.match(wrong.headers.get("allow"), /GET, HEAD, OPTIONS/);
        assert.equal((await wrong.json()).type, "/api/problems/method-not-allowed");
        const post = await fetch(`${api.address}/api/v1/editions`, { method: "POST", body: "{}" });
        assert.ok(post.status >= 400 && post.status < 500);
    });

    await test("a cursor stays usable when the data change, and a seen reply is fresh until then", async () => {
        const list = "/api/v1/exhibitors?fields=id,name_en";
        const before = await api.walk(list, 1000);
        const first = (await api.get(`${list}&limit=10`));
        const tag = first.headers.get("etag");
        await api.get(`${list}&limit=10`, { status: 304, headers: { "If-None-Match": tag } });
        await api.get(`${list}&limit=10`, { status: 304, headers: { "If-None-Match": `"x", ${tag}` } });
        const gzipped = await fetch(`${api.address}/api/v1/exhibitors`);
        assert.equal(gzipped.headers.get("content-encoding"), "gzip");
        await api.get(`${list}&limit=10`, { headers: { "If-None-Match": '"x"' } });
        const { writeFileSync } = await import("node:fs");
        const sheet = `${served.folder}/more.csv`;
        writeFileSync(sheet, "name_en,country,editions\nAaa First of All,CN,2024\nZzz Last of All,CN,2024\n");
        run("import", served.database, sheet, "--edition", "2024");
        let changed;
        do changed = await fetch(`${api.address}${list}&limit=10`, { headers: { "If-None-Match": tag } });
        while (changed.status === 304);
        assert.equal((await changed.json()).items[0].name_en, "Aaa First of All");
        const rest = [];
        for (let next = first.body.next; next !== null;) {
            const { body } = await api.get(`${list}&limit=10&cursor=${next}`);
            rest.push(...body.items);
            next = body.next;
        }
        assert.deepEqual(rest.map((e) => e.name_en), [...before.slice(10).map((e) => e.name_en), "Zzz Last of All"]);
    });

    await test("a client that asks for too much is told how long to wait", async () => {
        await withServer(["--client-limit", "1"], async ({ address }) => {
            let reply, asked = 0;
            do reply = await fetch(`${address}/api/v1/exhibitors?limit=${++asked}`);
            while (reply.status === 200 && asked < 1000);
            assert.equal(reply.status, 429);
            assert.match(reply.headers.get("retry-after"), /^[1-9][0-9]*$/);
            assert.equal(reply.headers.get("content-type"), "application/problem+json");
            assert.equal(reply.headers.get("access-control-allow-origin"), "*");
            const body = await reply.json();
            assert.equal(body.type, "/api/problems/too-many-requests");
            assert.equal((await fetch(`${address}/api/v1/exhibitors?limit=1`)).status, 200, "what is drawn is always sent");
        });
    });

    await test("what is refused before any route is a problem, too, and pages have it as a page", async () => {
        const head = (line, ...headers) => `${[line, "Host: x", ...headers].join("\r\n")}\r\n\r\n`;
        const many = Array.from({ length: 101 }, (_, i) => `X-${i}: 1`);
        const cases = [
            [head("GET /api/v1/../x HTTP/1.1"), 400, "malformed-request"],
            [head("GET /api/v1/%00 HTTP/1.1"), 400, "malformed-request"],
            [head("GET http://x/api/v1/%zz HTTP/1.1"), 400, "malformed-request"],
            [head("GET /api/v1/editions HTTP/1.1", "Host: y"), 400, "malformed-request"],
            [head(`GET /api/v1/editions?q=${"a".repeat(8200)} HTTP/1.1`), 414, "address-too-long"],
            [head("GET /api/v1/editions HTTP/1.1", ...many), 431, "headers-too-large"],
            [head("GET /api/v1/editions HTTP/1.1", `X: ${"a".repeat(16400)}`), 431, "headers-too-large"],
            [head("BREW /api/v1/editions HTTP/1.1"), 501, "unknown-method"],
        ];
        const routed = [[head("GET /api/v1/editions HTTP/1.1", "Content-Length: 2", "Connection: close") + "{}", 413, "too-large"]];
        for (const [bytes, status, name] of [...cases, ...routed]) {
            const { line, headers, body } = await api.talk(bytes);
            assert.match(line, new RegExp(` ${status} `), `${name}: ${line}`);
            assert.equal(headers.get("content-type"), "application/problem+json", name);
            assert.equal(headers.get("access-control-allow-origin"), "*", name);
            assert.equal(headers.get("cache-control"), "no-store", name);
            const told = JSON.parse(body);
            assert.equal(told.type, `/api/problems/${name}`);
            assert.equal(told.status, status);
            assert.match(told.detail, /^[A-Z].{10}/);
            assert.match((await api.get(told.type)).body, /<h1>/, "the type leads to a page");
        }
        for (const [bytes, status, name] of cases) {
            const page = await api.talk(bytes.replace("/api/", "/en/"));
            assert.match(page.line, new RegExp(` ${status} `), `${name}: ${page.line}`);
            assert.equal(page.headers.get("content-type"), "text/html; charset=utf-8", name);
            assert.match(page.body, /<h1>/, name);
        }
    });

    await test("other sites may ask what they may ask", async () => {
        const reply = await fetch(`${api.address}/api/v1/exhibitors`, {
            method: "OPTIONS",
            headers: { Origin: "https://example.org", "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "if-none-match" },
        });
        assert.equal(reply.status, 204);
        assert.equal(reply.headers.get("access-control-allow-origin"), "*");
        assert.match(reply.headers.get("access-control-allow-headers"), /If-None-Match/i);
    });

    await test("every route was asked and its reply checked", () => {
        for (const [id, times] of api.asked) assert.ok(times > 0, `${id} was never asked`);
    });
});
finish();
