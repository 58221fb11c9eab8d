/* The desk's part of the API as its browser meets it: every reply checked against the served document. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { PASSWORD, Person, makeAccount } from "../desk.mjs";
import { finish, run, source, test } from "../serve.mjs";
import { close, withApi } from "./harness.mjs";

const require = createRequire(import.meta.url);

/* Looks at every reply of the desk's operations: the status is one that the document has, the body as its schema says. */
function checker(document, asked) {
    const { default: Ajv } = require("ajv/dist/2020.js");
    const { default: addFormats } = require("ajv-formats");
    const ajv = new Ajv({ strict: false });
    addFormats(ajv);
    /* Only of what went wrong more may be told than is promised. */
    for (const [name, schema] of Object.entries(document.components.schemas)) if (name !== "Problem") close(schema);
    ajv.addSchema({ $id: "api", components: document.components });
    const compiled = new Map();
    return (method, target, status, text, type) => {
        const path = new URL(target, "http://x").pathname;
        const found = Object.entries(document.paths).find(([pattern, item]) => item[method.toLowerCase()] &&
            new RegExp(`^${pattern.replace(/[.]/g, "\\.").replace(/\{\w+\}/g, "[^/]+")}$`).test(path));
        assert.ok(found, `${method} ${path} is in the document`);
        const operation = found[1][method.toLowerCase()];
        let reply = operation.responses[status];
        assert.ok(reply, `${operation.operationId} describes a reply ${status}: ${text.slice(0, 300)}`);
        if (reply.$ref) reply = document.components.responses[reply.$ref.split("/").pop()];
        if (reply.content === undefined) {
            assert.equal(text, "", `${operation.operationId} ${status} has no body`);
        } else {
            const media = type.split(";")[0];
            assert.ok(reply.content[media], `${operation.operationId}: ${media}`);
            const key = `${operation.operationId} ${status}`;
            if (!compiled.has(key)) {
                const schema = JSON.stringify(reply.content[media].schema).replaceAll('"#/components', '"api#/components');
                compiled.set(key, ajv.compile(JSON.parse(schema)));
            }
            if (media.endsWith("json")) assert.ok(compiled.get(key)(JSON.parse(text)), `${key}: ${JSON.stringify(compiled.get(key).errors)}`);
        }
        if (status < 400) asked.add(operation.operationId);
    };
}

/* A PNG of one colour, with one more chunk. */
function png(width, height, text) {
    const chunk = (name, data) => {
        const body = Buffer.concat([Buffer.from(name), data]);
        const size = Buffer.alloc(4), sum = Buffer.alloc(4);
        size.writeUInt32BE(data.length);
        sum.writeUInt32BE(crc32(body));
        return Buffer.concat([size, body, sum]);
    };
    const head = Buffer.alloc(13);
    head.writeUInt32BE(width, 0);
    head.writeUInt32BE(height, 4);
    head[8] = 8;
    return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", head), chunk(text.slice(0, 4), Buffer.from(text.slice(4))),
        chunk("IDAT", deflateSync(Buffer.alloc(height * (width + 1)))), chunk("IEND", Buffer.alloc(0))]);
}

/* CRC-32 of ISO 3309, which Node 18 does not offer. */
function crc32(bytes) {
    let crc = ~0;
    for (const byte of bytes) {
        crc ^= byte;
        for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
    return ~crc >>> 0;
}

await withApi(async (api, { address, database, folder }) => {
    const asked = new Set();
    const check = checker(api.whole, asked);
    const somebody = () => Object.assign(new Person(address), { checks: check });
    const li = somebody(), wang = somebody();
    const first = async (table, where) => (await li.ask("GET", `/api/v1/records/${table}?limit=1${where ? `&${where}` : ""}`)).items[0];

    await test("a first sign-in leads to a password of one's own and to nothing else", async () => {
        const given = makeAccount(database, "li@expo.example", "--role", "administrator", "--name", "Li Wei");
        assert.equal((await li.signIn("li@expo.example", "not the password")).status, 401);
        assert.equal((await li.signIn("nobody@expo.example", given)).status, 401);
        const { body } = await li.signIn("LI@expo.example ", given);
        assert.equal(body.must_change, true);
        assert.deepEqual(body.rights, ["public", "signed-in"]);
        const refused = await li.ask("GET", "/api/v1/records", undefined, 403);
        assert.equal(refused.type, "/api/problems/change-password");
        const weak = await li.ask("POST", "/api/v1/session/password", { old_password: given, new_password: "short" }, 422);
        assert.equal(weak.errors[0].field, "new_password");
        const wrong = await li.ask("POST", "/api/v1/session/password", { old_password: "another one altogether", new_password: PASSWORD }, 422);
        assert.equal(wrong.errors[0].field, "old_password");
        const before = li.cookie;
        const session = await li.ask("POST", "/api/v1/session/password", { old_password: given, new_password: PASSWORD });
        li.csrf = session.csrf;
        assert.equal(session.must_change, false);
        assert.ok(session.rights.includes("accounts"));
        assert.deepEqual(await li.ask("GET", "/api/v1/session"), session);
        assert.notEqual(li.cookie, before, "a new session takes the place of the old one");
        assert.equal((await fetch(`${address}/api/v1/session`, { headers: { Cookie: before } })).status, 401);
    });

    await test("a write needs the session's word and a page of this site", async () => {
        for (const headers of [{ "X-CSRF-Token": "" }, { "X-CSRF-Token": "guessed" }, { "Sec-Fetch-Site": "cross-site" }, { Origin: "https://elsewhere.example" }])
            assert.equal((await li.ask("PUT", "/api/v1/drafts/a", {}, 403, headers)).type, "/api/problems/forged");
        await li.ask("PUT", "/api/v1/drafts/a", {}, 204, { "Sec-Fetch-Site": "same-origin", Origin: address });
    });

    await test("the table of fields says what a form needs", async () => {
        const { tables } = await li.ask("GET", "/api/v1/records");
        const organisation = tables.find((table) => table.name === "organisation");
        const size = organisation.fields.find((field) => field.name === "size");
        assert.equal(size.kind, "word");
        assert.deepEqual(size.choices.map((choice) => choice.code), ["small", "medium", "large", "institution"]);
        assert.ok(size.label.en && size.label.zh && size.help.en && size.help.zh);
    });

    await test("lists find by field and by word, page by page", async () => {
        const { items, total } = await li.ask("GET", "/api/v1/records/organisation?where=country:DE&limit=500");
        assert.ok(total > 1 && items.length === total && items.every((item) => item.values.country === "DE"));
        const seen = [];
        for (let after = 0; after !== null;) {
            const page = await li.ask("GET", `/api/v1/records/organisation?where=country:DE&limit=1&after=${after}`);
            seen.push(...page.items.map((item) => item.id));
            after = page.next;
        }
        assert.deepEqual(seen, items.map((item) => item.id));
        assert.ok((await li.ask("GET", `/api/v1/records/organisation?q=${encodeURIComponent("电池")}`)).total > 0);
        for (const wrong of ["where=nothing:1", "where=merged_into:x"])
            assert.equal((await li.ask("GET", `/api/v1/records/organisation?${wrong}`, undefined, 400)).parameter, "where");
        assert.match((await li.ask("GET", "/api/v1/records/organisations", undefined, 404)).detail, /"organisation"/);
    });

    await test("an edit shows on the site, in the history, and is undone", async () => {
        const record = await first("organisation");
        const values = { name_en: "Zyxwv & Sons" };
        const { batch, results } = await li.change([{ op: "update", table: "organisation", id: record.id, revision: record.revision, values }], { note: "renamed" });
        assert.ok(results[0].revision > record.revision && results[0].changed);
        const { items } = await li.ask("GET", `/api/v1/records/organisation/${record.id}/history`);
        assert.deepEqual(items.at(-1).after, values);
        assert.equal(items.at(-1).by, "Li Wei");
        const page = `${address}/api/v1/organisations/${record.id}`;
        const shown = async (name) => { for (;;) { const { name_en: now } = await (await fetch(page)).json(); if (now === name) return; } };
        await shown("Zyxwv & Sons");
        const found = await li.ask("GET", `/api/v1/batches?q=${encodeURIComponent("zyxwv")}`);
        assert.deepEqual(found.items.map((item) => item.id), [batch]);
        assert.equal((await li.ask("GET", `/api/v1/batches/${batch}`)).items.length, 1);
        const undo = await li.ask("POST", `/api/v1/batches/${batch}/undo`);
        assert.ok(undo.batch > batch);
        await shown(record.values.name_en);
        assert.deepEqual((await li.ask("GET", `/api/v1/records/organisation/${record.id}`)).values, record.values);
    });

    await test("all faults are told with their fields, and nothing is written", async () => {
        const { version } = await li.ask("GET", "/api/v1/batches");
        const refused = await li.change([
            { op: "create", table: "organisation", values: { name_en: "A", size: "giant", website: "javascript:alert(1)", country: "XX" } },
            { op: "create", table: "organisation", values: { name_en: "B" } },
        ], {}, 422);
        assert.deepEqual(refused.errors.map((error) => error.field).sort(), ["country", "size", "website"]);
        assert.ok(refused.errors.every((error) => error.operation === 0 && error.message && error.message_zh));
        assert.equal((await li.ask("GET", "/api/v1/batches")).version, version);
        assert.equal((await li.ask("POST", "/api/v1/changes", { operation: [] }, 422)).errors[0].message, 'is not known here; did you mean "operations"?');
        assert.equal((await li.ask("POST", "/api/v1/changes", "{", 422, { "Content-Type": "application/json" })).type, "/api/problems/invalid-body");
        await li.ask("POST", "/api/v1/changes", "a=b", 415, { "Content-Type": "application/x-www-form-urlencoded" });
    });

    await test("records that belong together are made together", async () => {
        const edition = await first("edition", "where=current:true");
        const { results } = await li.change([
            { op: "create", table: "organisation", id: "$o", values: { name_zh: "测试企业" } },
            { op: "create", table: "exhibitor", id: "$e", values: { edition_id: edition.id, organisation_id: "$o", type: "direct" } },
            { op: "create", table: "statement", values: { exhibitor_id: "$e", node_id: (await first("node")).id, side: "offer", basis: "declared" } },
        ]);
        const [organisation, exhibitor, statement] = results;
        assert.equal((await li.ask("GET", `/api/v1/records/exhibitor/${exhibitor.id}`)).labels.organisation_id.zh, "测试企业");
        const used = await li.change([{ op: "delete", table: "organisation", id: organisation.id }], {}, 409);
        assert.equal(used.type, "/api/problems/in-use");
        assert.deepEqual(used.referrers.map((one) => [one.table, one.id]), [["exhibitor", exhibitor.id]]);
        await li.change([{ op: "delete", table: "exhibitor", id: exhibitor.id }], {}, 409);
        await li.change([{ op: "delete", table: "exhibitor", id: exhibitor.id, cascade: true }, { op: "delete", table: "organisation", id: organisation.id }]);
        await li.ask("GET", `/api/v1/records/statement/${statement.id}`, undefined, 404);
    });

    await test("two at one record see each other and never overwrite each other unseen", async () => {
        const link = await li.ask("POST", "/api/v1/accounts", { email: "wang@expo.example", name: "Wang Fang", language: "zh", grants: [{ role: "organiser" }] }, 201);
        assert.match(link.secret, /\/desk\/link\?purpose=set-password#[\w-]{43}$/);
        const token = link.secret.split("#")[1];
        assert.equal((await wang.ask("POST", "/api/v1/session/redeem", { token, password: "wang" }, 422)).errors[0].field, "password");
        wang.csrf = (await wang.ask("POST", "/api/v1/session/redeem", { token, password: PASSWORD })).csrf;
        await somebody().ask("POST", "/api/v1/session/redeem", { token, password: PASSWORD }, 401);
        const record = await first("organisation");
        const said = { table: "organisation", id: record.id };
        assert.deepEqual((await li.ask("POST", "/api/v1/presence", { ...said, typing: true })).others, []);
        const { others } = await wang.ask("POST", "/api/v1/presence", said);
        assert.deepEqual(others.map((one) => [one.name, one.typing]), [["Li Wei", true]]);
        await li.ask("POST", "/api/v1/presence", { ...said, closed: true });
        assert.deepEqual((await wang.ask("POST", "/api/v1/presence", said)).others, []);
        const from = { op: "update", table: "organisation", id: record.id, revision: record.revision };
        await li.change([{ ...from, values: { name_en: "From Li", website: "https://li.example" } }]);
        const conflict = await wang.change([{ ...from, values: { name_en: "From Wang", size: "small" } }], {}, 409);
        assert.deepEqual(conflict.conflicts.map(({ field, base, theirs, yours, by }) => ({ field, base, theirs, yours, by })),
            [{ field: "name_en", base: record.values.name_en, theirs: "From Li", yours: "From Wang", by: "Li Wei" }]);
        const merged = await wang.change([{ ...from, values: { size: "small" } }]);
        assert.ok(merged.merged.some((one) => one.field === "name_en" && one.value === "From Li"));
        const now = (await wang.ask("GET", `/api/v1/records/organisation/${record.id}`)).values;
        assert.deepEqual([now.name_en, now.website, now.size], ["From Li", "https://li.example", "small"]);
    });

    await test("a dry run writes nothing and tells what it would do to the chains", async () => {
        const place = await first("chain_node", "where=stage:upstream,role:core");
        const { version } = await li.ask("GET", "/api/v1/batches");
        const { batch, effect } = await li.change([{ op: "update", table: "chain_node", id: place.id, values: { stage: "downstream" } }], { dry_run: true, effect_on: "2024" });
        assert.equal(batch, null);
        assert.deepEqual(effect.moved[0].stage, ["upstream", "downstream"]);
        assert.equal((await li.ask("GET", "/api/v1/batches")).version, version);
        assert.equal((await li.change([{ op: "delete", table: "chain", id: 1 }], { dry_run: true, effect_on: "1999" }, 422)).errors[0].field, "effect_on");
    });

    await test("the messy list is corrected, written and taken back", async () => {
        const file = readFileSync(join(source, "data/sample/exhibitors_messy.csv"));
        const { id } = await li.ask("POST", "/api/v1/uploads?name=messy.csv", file, 201, { "Content-Type": "text/csv" });
        const target = `/api/v1/uploads/${id}`;
        const before = await li.ask("GET", `${target}?only=error&limit=500`);
        assert.ok(before.summary.errors > 0 && before.rows.length === before.summary.error);
        await li.ask("POST", `${target}/apply`, undefined, 422);
        const after = await li.ask("PATCH", target, { leave_out: before.rows.map((row) => row.record) });
        assert.equal(after.summary.errors, 0);
        assert.equal((await li.ask("PATCH", target, { cells: "none" }, 422)).type, "/api/problems/invalid-body");
        const { batch } = await li.ask("POST", `${target}/apply`);
        const listed = async () => (await li.ask("GET", "/api/v1/uploads?limit=1")).items[0];
        const applied = await listed();
        assert.deepEqual([applied.id, applied.name, applied.state, applied.by, applied.batch, applied.undone_by], [id, "messy.csv", "applied", "Li Wei", batch, null]);
        assert.ok(batch > 0 && applied.changes > 0);
        const pairs = await li.ask("GET", "/api/v1/duplicates");
        assert.ok(pairs.length > 0 && pairs.every((pair) => pair.score >= 0.5 && pair.reason_en && pair.reason_zh));
        const undone = await li.ask("POST", `/api/v1/batches/${batch}/undo`);
        assert.equal((await listed()).undone_by, undone.batch);
        assert.equal((await li.ask("GET", target)).state, "applied");
        const other = await li.ask("POST", "/api/v1/uploads?name=none.csv", "a,b\n1,2\n", 201, { "Content-Type": "text/csv" });
        await li.ask("DELETE", `/api/v1/uploads/${other.id}`, undefined, 204);
        assert.equal((await listed()).state, "dropped");
        const { items, next } = await li.ask("GET", "/api/v1/uploads?limit=1");
        assert.deepEqual([items[0].id, next], [other.id, other.id]);
        assert.ok((await li.ask("GET", `/api/v1/uploads?before=${next}`)).items.some((one) => one.id === id));
    });

    await test("two that are one are merged, and parted again", async () => {
        const { results: [one, two] } = await li.change(["Twin One", "Twin Two"].map((name_en) => ({ op: "create", table: "organisation", values: { name_en } })));
        await li.ask("POST", "/api/v1/duplicates", { first: one.id, second: two.id, decision: "later" }, 204);
        assert.deepEqual((await li.ask("GET", "/api/v1/duplicates")).map((pair) => [pair.id, pair.of_id]), [[one.id, two.id]]);
        const { batch } = await li.ask("POST", "/api/v1/merges", { keep: one.id, gone: two.id });
        assert.equal((await li.ask("GET", `/api/v1/records/organisation/${two.id}`)).values.merged_into, one.id);
        await li.ask("POST", `/api/v1/batches/${batch}/undo`);
        assert.equal((await li.ask("GET", `/api/v1/records/organisation/${two.id}`)).values.merged_into, null);
        await li.ask("POST", "/api/v1/duplicates", { first: one.id, second: two.id, decision: "different" }, 204);
        await li.ask("POST", "/api/v1/merges", { keep: one.id, gone: one.id }, 422);
    });

    await test("a picture of a pavilion is encoded anew, shown, and taken away", async () => {
        const pavilion = await first("pavilion");
        const secret = "tEXtComment\0taken by somebody at home";
        const file = png(3000, 30, secret);
        const made = await li.ask("POST", `/api/v1/pictures?pavilion=${pavilion.id}&alt_en=Bridge`, file, 201, { "Content-Type": "image/png" });
        assert.equal(made.width, 2400);
        const { values } = await li.ask("GET", `/api/v1/records/picture/${made.id}`);
        const { bytes } = await li.call("GET", "/api/v1/backup");
        assert.equal(Buffer.from(bytes).includes("somebody at home"), false);
        assert.ok(Buffer.from(bytes).includes(values.digest));
        await li.change([{ op: "delete", table: "picture", id: made.id }]);
        for (const [wrong, type] of [["<svg onload='alert(1)'/>", "image/png"], [file.subarray(0, 60), "image/png"]])
            assert.equal((await li.ask("POST", `/api/v1/pictures?pavilion=${pavilion.id}&alt_en=x`, wrong, 422, { "Content-Type": type })).type, "/api/problems/invalid-body");
        assert.match((await li.ask("POST", `/api/v1/pictures?pavilion=${pavilion.id}`, file, 422, { "Content-Type": "image/png" })).detail, /what the picture shows/);
    });

    await test("a gap is taken up, worked on, and invited for", async () => {
        const board = await li.ask("GET", "/api/v1/gap-board?edition=2024&chain=clean-energy");
        const row = board.rows.find((one) => one.candidates.length > 0);
        assert.ok(board.rows.length === board.open && row && row.case_id === null, JSON.stringify(row));
        const edition = await first("edition", "where=code:2024");
        const { results: [made, candidate] } = await li.change([
            { op: "create", table: "gap_case", id: "$case", values: { edition_id: edition.id, chain_id: row.chain_id, node_id: row.node_id, kind: row.kind, state: "to-invite", note: "ask in spring" } },
            { op: "create", table: "gap_candidate", values: { gap_case_id: "$case", organisation_id: row.candidates[0].organisation_id, state: "to-invite", note: "=1+1" } },
        ]);
        const mine = (await li.ask("GET", "/api/v1/gap-board?edition=2024&cases=1")).rows;
        assert.deepEqual(mine.map((one) => [one.case_id, one.candidates[0].id]), [[made.id, candidate.id]]);
        const csv = await li.call("GET", "/api/v1/gap-board/invitations?edition=2024");
        assert.match(csv.text, /'=1\+1/, "no spreadsheet runs a note as a formula");
        const xlsx = await li.call("GET", "/api/v1/gap-board/invitations?edition=2024&format=xlsx&lang=zh");
        assert.equal(Buffer.from(xlsx.bytes).subarray(0, 2).toString(), "PK");
        await li.change([{ op: "update", table: "gap_case", id: made.id, values: { state: "won" } }]);
    });

    await test("an edition rolls over into the next, and back", async () => {
        const asked = { into: "2027", exhibitors: "others", areas: true, pavilions: true, offers: true, attendance: "mentioned" };
        const made = await li.ask("POST", "/api/v1/editions/2024/roll-over", asked);
        assert.ok(made.made && made.exhibitors > 50 && made.statements > 50 && made.areas > 5);
        const again = await li.ask("POST", "/api/v1/editions/2024/roll-over", asked);
        assert.equal(again.exhibitors, 0);
        await li.ask("POST", `/api/v1/batches/${made.batch}/undo`);
        assert.equal((await li.ask("GET", "/api/v1/records/edition?where=code:2027")).total, 0);
        assert.equal((await li.ask("POST", "/api/v1/editions/2024/roll-over", { into: "2027", exhibitors: "all" }, 422)).errors[0].field, "exhibitors");
        await li.ask("POST", "/api/v1/editions/1999/roll-over", { into: "2027" }, 404);
    });

    await test("drafts are kept for who wrote them", async () => {
        await li.ask("PUT", "/api/v1/drafts/organisation:1", { name_en: "half a na" }, 204);
        assert.deepEqual((await li.ask("GET", "/api/v1/drafts/organisation:1")).body, { name_en: "half a na" });
        assert.ok((await li.ask("GET", "/api/v1/drafts")).items.some((draft) => draft.key === "organisation:1"));
        await wang.ask("GET", "/api/v1/drafts/organisation:1", undefined, 404);
        await li.ask("DELETE", "/api/v1/drafts/organisation:1", undefined, 204);
        await li.ask("GET", "/api/v1/drafts/organisation:1", undefined, 404);
        const { text: drawn } = await li.call("POST", "/api/v1/preview", { text: "**好** <b>x</b> [y](javascript:z)" });
        assert.equal(drawn, "<p><strong>好</strong> &lt;b&gt;x&lt;/b&gt; y</p>\n");
        await li.ask("POST", "/api/v1/preview", { text: "x".repeat(65537) }, 422);
        assert.equal((await li.ask("POST", "/api/v1/classify", { text: "lithium battery separator" })).nodes[0].code, "bat.separator");
    });

    await test("a token reads or writes as its scope says, and ends when it is revoked", async () => {
        const make = async (scope) => li.ask("POST", "/api/v1/tokens", { name: `for ${scope}`, scope, days: 1 }, 201);
        const [reading, writing] = [await make("read"), await make("write")];
        const with_ = (token) => ({ Authorization: `Bearer ${token.secret}` });
        const stranger = somebody();
        const operations = [{ op: "create", table: "organisation", values: { name_en: "By a program" } }];
        await stranger.ask("GET", "/api/v1/records/node?limit=1", undefined, 200, with_(reading));
        await stranger.ask("POST", "/api/v1/changes", { operations }, 403, with_(reading));
        await stranger.ask("POST", "/api/v1/changes", { operations }, 200, with_(writing));
        await stranger.ask("GET", "/api/v1/accounts", undefined, 403, with_(writing));
        assert.ok((await li.ask("GET", "/api/v1/batches?limit=1")).items[0].token > 0);
        await li.ask("DELETE", `/api/v1/tokens/${writing.id}`, undefined, 204);
        await stranger.ask("POST", "/api/v1/changes", { operations }, 401, with_(writing));
        assert.equal((await li.ask("GET", "/api/v1/tokens")).items.length, 2);
    });

    await test("sessions are seen and ended, accounts closed and erased", async () => {
        const elsewhere = somebody();
        await elsewhere.signIn("wang@expo.example", PASSWORD);
        const { items } = await wang.ask("GET", "/api/v1/sessions");
        assert.equal(items.length, 2);
        await wang.ask("DELETE", `/api/v1/sessions/${items.find((one) => !one.is_this).id}`, undefined, 204);
        await elsewhere.ask("GET", "/api/v1/session", undefined, 401);
        const account = (await li.ask("GET", "/api/v1/accounts")).items.find((one) => one.email === "wang@expo.example");
        await wang.ask("PATCH", `/api/v1/accounts/${account.id}`, { name: "Wang F." });
        await wang.ask("PATCH", `/api/v1/accounts/${account.id}`, { grants: [{ role: "administrator" }] }, 403);
        await wang.ask("GET", "/api/v1/accounts", undefined, 403);
        assert.match((await li.ask("POST", `/api/v1/accounts/${account.id}/link`, undefined, 201)).secret, /purpose=set-password#/);
        await somebody().ask("POST", "/api/v1/session/link", { email: "wang@expo.example", to_set_password: true }, 204);
        await somebody().ask("POST", "/api/v1/session/link", { email: "nobody@expo.example" }, 204);
        await li.ask("PATCH", `/api/v1/accounts/${account.id}`, { state: "disabled" });
        await wang.ask("GET", "/api/v1/session", undefined, 401);
        assert.ok((await li.ask("GET", `/api/v1/accounts/${account.id}/report`)).items.some((one) => one.text === "wang@expo.example"));
        await li.ask("POST", `/api/v1/accounts/${account.id}/erase`, undefined, 204);
        const left = (await li.ask("GET", `/api/v1/accounts/${account.id}/report`)).items;
        assert.ok(left.every((one) => !String(one.text).includes("wang")), JSON.stringify(left));
        const period = { kind: "drafts", days: 7 };
        const { due } = await li.ask("PUT", "/api/v1/retention", { ...period, dry_run: true });
        assert.equal((await li.ask("GET", "/api/v1/retention")).items.find((one) => one.kind === "drafts").days, 90);
        assert.deepEqual(await li.ask("PUT", "/api/v1/retention", period), { due });
        assert.equal((await li.ask("GET", "/api/v1/retention")).items.find((one) => one.kind === "drafts").days, 7);
    });

    await test("a copy taken while serving is whole", async () => {
        const { headers, bytes } = await li.call("GET", "/api/v1/backup");
        assert.match(headers.get("content-disposition"), /attachment; filename="expo-\d{4}-\d\d-\d\d\.fairlead"/);
        const copy = join(folder, "copy.fairlead");
        writeFileSync(copy, bytes);
        assert.match(run("check", copy), /whole/);
        assert.deepEqual((await li.ask("GET", "/api/v1/check")).findings, []);
    });

    await test("a participant's persons come by an invitation, and go", async () => {
        const code = "import sys; sys.path.insert(0, sys.argv[1])\nimport desk\n";
        const python = (line, ...values) =>
            execFileSync("python3", ["-c", `${code}print(${line})`, join(source, "tests"), ...values], { encoding: "utf8" }).trim();
        const [firm] = (await li.ask("GET", "/api/v1/records/organisation?limit=1")).items;
        const values = { edition_id: 1, organisation_id: firm.id, kind: "buyer", state: "active" };
        const done = await li.ask("POST", "/api/v1/changes", { operations: [{ op: "create", table: "participant", values }] });
        const one = done.results[0].id, base = `/api/v1/my/participants/${one}`;
        const made = await li.ask("POST", `${base}/invitations`, { role: "exhibitor-member" }, 201);
        const mailed = await li.ask("POST", `${base}/invitations`, { role: "exhibitor-manager", email: "zhao@firm.example" }, 201);
        assert.equal((await li.ask("POST", `${base}/invitations`, { role: "reader" }, 422)).errors.length, 1);
        await li.ask("DELETE", `${base}/invitations/${mailed.id}`, undefined, 204);
        const token = made.secret.split("#")[1], email = "qian@firm.example";
        await somebody().ask("POST", "/api/v1/session/join", { token, email, name: "Qian", language: "en" }, 204);
        await somebody().ask("POST", "/api/v1/session/join", { token, email, name: "Qian" }, 401);
        assert.deepEqual((await li.ask("GET", `${base}/invitations`)).items.map((item) => item.is_open), [false]);
        const qian = somebody(), secret = python("desk.letter_to(sys.argv[2], sys.argv[3])", database, email).split("#")[1];
        qian.csrf = (await qian.ask("POST", "/api/v1/session/redeem", { token: secret, password: PASSWORD })).csrf;
        assert.deepEqual((await qian.ask("GET", "/api/v1/my/participants")).items.map((item) => item.id), [one]);
        await qian.ask("PUT", "/api/v1/my/consents", { purpose: "mail-reminders", given: true }, 204);
        const allowed = (await qian.ask("GET", "/api/v1/my/consents")).items.filter((item) => item.since_ms !== null);
        assert.deepEqual(allowed.map((item) => item.purpose), ["mail-reminders"]);
        const [person] = (await li.ask("GET", `${base}/persons`)).items;
        assert.equal(person.email, email);
        await li.ask("DELETE", `${base}/persons/${person.id}`, undefined, 204);
        assert.deepEqual((await li.ask("GET", `${base}/persons`)).items, []);
        assert.deepEqual((await qian.ask("GET", "/api/v1/my/participants")).items, []);
    });

    await test("partners: from a registration over a round to an answer, each reply as it is described", async () => {
        const [current] = (await li.ask("GET", "/api/v1/records/edition?where=current:1")).items, edition = current.values.code;
        const code = "import sys; sys.path.insert(0, sys.argv[1])\nimport desk\n";
        const linkTo = (email) => execFileSync("python3", ["-c", `${code}print(desk.letter_to(sys.argv[2], sys.argv[3]))`, join(source, "tests"), database, email],
            { encoding: "utf8" }).trim();
        const letter = (email) => linkTo(email).split("#")[1];
        const [offer] = (await li.ask("GET", "/api/v1/exhibitors?fields=offers&limit=50")).items.flatMap((item) => item.offers);
        const link = await li.ask("POST", `/api/v1/registration-links?edition=${edition}`, { kind: "buyer", name: "Buyers of the fair", uses_max: 10, days: 30 }, 201);
        const token = link.url.split("#")[1], email = "sun@buyer.example";
        assert.equal((await somebody().ask("POST", "/api/v1/registrations/look", { token })).kind, "buyer");
        await somebody().ask("POST", "/api/v1/registrations", { token, organisation: "Sun Trading", country: "DE", name: "Sun", email, language: "en",
            seeks: [{ kind: "supplier", node: offer.node.code }] }, 204);
        assert.equal((await li.ask("GET", `/api/v1/registration-links?edition=${edition}`)).items.length, 1);
        await li.ask("DELETE", `/api/v1/registration-links/${link.id}`, undefined, 204);
        const sun = somebody();
        sun.csrf = (await sun.ask("POST", "/api/v1/session/redeem", { token: letter(email), password: PASSWORD })).csrf;
        const [{ id }] = (await sun.ask("GET", "/api/v1/my/participants")).items, base = `/api/v1/my/participants/${id}`;
        const profile = await sun.ask("GET", `${base}/profile`);
        assert.equal(profile.seeks[0].node, offer.node.code);
        await sun.ask("PUT", `${base}/profile`, { ...profile, note: "Two containers a month" });
        const wished = await sun.ask("POST", `${base}/wishes`, { text: "BYD\nNobody At All Ltd" });
        assert.equal((await sun.ask("GET", `${base}/wishes`)).items.length, wished.items.length);
        await sun.ask("PUT", `${base}/wishes/${wished.items[1].id}`, { state: "refused" }, 204);
        await sun.ask("DELETE", `${base}/wishes/${wished.items[1].id}`, undefined, 204);

        const settings = await li.ask("GET", `/api/v1/partner-settings?edition=${edition}`), { suggestions_max, floor, answer_days, weights } = settings;
        await li.ask("PUT", `/api/v1/partner-settings?edition=${edition}`, { suggestions_max, floor, answer_days, weights });
        await li.ask("POST", `/api/v1/partner-settings/preview?edition=${edition}`, { suggestions_max, floor, answer_days, weights });
        const ran = await li.ask("POST", `/api/v1/partner-rounds?edition=${edition}`, { name: "First" }, 201);
        const round = (await li.ask("GET", `/api/v1/partner-rounds?edition=${edition}`)).items[0].id;
        assert.ok(ran.round.pairs > 0);
        await li.ask("GET", `/api/v1/partner-rounds/${round}`);
        await li.ask("GET", `/api/v1/partner-rounds/${round}/pairs`);
        await sun.ask("PUT", "/api/v1/my/consents", { purpose: "mail-reminders", given: true }, 204);
        await li.ask("POST", `/api/v1/partner-rounds/${round}/release`);
        assert.match(linkTo(email), /\/my$/);
        const [suggested] = (await sun.ask("GET", `${base}/matches`)).items;
        assert.equal(suggested.state, "suggested");
        assert.equal((await sun.ask("POST", `${base}/matches/${suggested.id}/answer`, { answer: "accepted" })).state, "suggested");
        await li.ask("GET", `/api/v1/partner-rounds/${round}/answers`);
        const partner = suggested.partner.organisation_id, me = profile.organisation.id;
        await sun.ask("GET", `${base}/why?partner=${partner}`);
        await li.ask("GET", `/api/v1/partner-why?edition=${edition}&first=${me}&second=${partner}`);
        await sun.ask("GET", `${base}/place`);
        const others = (await li.ask("GET", `/api/v1/records/exhibitor?where=edition_id:${current.id}&limit=50`)).items.map((item) => item.values.organisation_id);
        const known = new Set((await sun.ask("GET", `${base}/matches`)).items.map((item) => item.partner.organisation_id));
        const asked = await sun.ask("POST", `${base}/matches`, { organisation_id: others.find((one) => !known.has(one)), message: "Shall we meet?" }, 201);
        assert.equal((await sun.ask("POST", `${base}/matches/${asked.id}/withdraw`, {})).state, "withdrawn");
        await li.ask("POST", `/api/v1/partner-rounds/${round}/close`);
        await li.ask("POST", `/api/v1/partner-rounds?edition=${edition}`, { name: "Second" }, 201);
        const draft = (await li.ask("GET", `/api/v1/partner-rounds?edition=${edition}`)).items.find((item) => item.state === "draft");
        await li.ask("DELETE", `/api/v1/partner-rounds/${draft.id}`, undefined, 204);
        const [stand] = (await li.ask("GET", `/api/v1/records/exhibitor?where=edition_id:${current.id}&limit=1`)).items;
        await li.ask("POST", "/api/v1/participants/of-exhibitor", { exhibitor_id: stand.id });
        const invited = await li.ask("POST", `${base}/invitations`, { role: "exhibitor-member" }, 201), member = somebody();
        await somebody().ask("POST", "/api/v1/session/join", { token: invited.secret.split("#")[1], email: "wu@buyer.example", name: "Wu" }, 204);
        member.csrf = (await member.ask("POST", "/api/v1/session/redeem", { token: letter("wu@buyer.example"), password: PASSWORD })).csrf;
        await member.ask("POST", "/api/v1/my/leave", { participant: id }, 204);
    });

    await test("who signs out is nobody", async () => {
        const cookie = li.cookie;
        await li.ask("DELETE", "/api/v1/session", undefined, 204);
        assert.equal(li.cookie, null);
        assert.equal((await fetch(`${address}/api/v1/session`, { headers: { Cookie: cookie } })).status, 401);
    });

    await test("every operation of the desk was asked and its reply checked", async () => {
        const all = Object.values(api.whole.paths).flatMap((item) => Object.values(item)).filter((operation) => operation.security.length > 0 || operation.requestBody);
        assert.deepEqual(all.map((operation) => operation.operationId).filter((id) => !asked.has(id)), []);
    });
});
finish();
