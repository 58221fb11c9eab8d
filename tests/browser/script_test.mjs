/*
 * Nothing that somebody writes runs for somebody else: payloads go into every text field of every editable table through
 * the desk's API, and into an imported list and its name; then pages, drawings, exports and the desk are read.
 * Every page is parsed and searched; a choice of them and the desk is opened in Chromium, once with the policy off, so
 * that a script that gets through is seen to run, and once with it on, so that nothing of our own breaks it.
 */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { missing, run, source, withServer } from "../serve.mjs";
import { Skip, finish, test } from "./harness.mjs";
import { fill, lines, payloads, whatRuns } from "./payloads.mjs";

const require = createRequire(import.meta.url);
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const EMAIL = "admin@expo.example", PASSWORD = "correct horse of scripts";
const PAGES_MAX = 1000, OPENED = 24, DESK_PAGES = 20;
const TEXTS = new Set(["text", "long", "markdown", "list"]);

/* ---- planting ---- */

class Desk {
    constructor(address) {
        this.address = address;
    }

    async ask(method, path, body, headers = {}) {
        const own = this.cookie ? { cookie: this.cookie, "x-csrf-token": this.csrf } : {};
        const reply = await fetch(this.address + path, {
            method, headers: { "content-type": "application/json", ...own, ...headers },
            body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
        });
        const text = await reply.text();
        return { status: reply.status, headers: reply.headers, text, json: () => JSON.parse(text) };
    }

    keep(reply) {
        assert.equal(reply.status, 200, reply.text);
        this.cookie = reply.headers.get("set-cookie").split(";")[0];
        this.csrf = reply.json().csrf;
    }

    async enter(oneTime) {
        this.keep(await this.ask("POST", "/api/v1/session", { email: EMAIL, password: oneTime }));
        this.keep(await this.ask("POST", "/api/v1/session/password", { old_password: oneTime, new_password: PASSWORD }));
    }
}

/* Writes values; what a field does not take is left out and tried again, until the rest is written. */
async function write(desk, table, id, values) {
    for (let left = { ...values }, tries = 0; Object.keys(left).length > 0 && tries < 8; tries++) {
        const reply = await desk.ask("POST", "/api/v1/changes", { operations: [{ op: "update", table, id, values: left }] });
        if (reply.status === 200) return Object.keys(left);
        const wrong = (reply.json().errors ?? []).map((error) => error.field);
        if (!wrong.some((field) => field in left)) return [];
        left = Object.fromEntries(Object.entries(left).filter(([field]) => !wrong.includes(field)));
    }
    return [];
}

/* {taken: "table.field" that took a payload, refused}: of each table so many records that every payload has its turn. */
async function plant(desk) {
    const taken = new Set(), all = new Set();
    const { tables } = (await desk.ask("GET", "/api/v1/records")).json();
    for (const table of tables) {
        const fields = table.fields.filter((field) => TEXTS.has(field.kind) && !field.read_only && !field.fixed);
        for (const field of fields) all.add(`${table.name}.${field.name}`);
        const records = (await desk.ask("GET", `/api/v1/records/${table.name}?limit=12`)).json().items;
        for (const [n, record] of records.entries()) {
            const values = {};
            for (const [i, field] of fields.entries()) {
                const max = field.max ?? 100;
                values[field.name] = fill(n * 3 + i, Math.min(max, 400));
                if (field.kind === "long" && n % 3 === 0) values[field.name] = `${lines} ${fill(n, Math.min(max, 400) - lines.length - 1)}`;
                if (field.kind === "markdown") values[field.name] = payloads.map((text) => `${text}\n\n`).join("") + lines;
                if (field.kind === "list") values[field.name] = payloads[(n + 1) % payloads.length].replaceAll(";", "");
            }
            for (const field of await write(desk, table.name, record.id, values)) taken.add(`${table.name}.${field}`);
            for (const field of table.fields.filter((f) => f.kind === "website"))
                for (const value of ["javascript:pwned(30)", "data:text/html,<script>pwned(31)</script>", "\u0001javascript:pwned(32)", "https://e.example/\"onclick=\"pwned(33)"])
                    if ((await write(desk, table.name, record.id, { [field.name]: value })).length > 0 && !value.startsWith("https"))
                        throw new Error(`${table.name}.${field.name} takes ${value}`);
        }
    }
    const organisation = (await desk.ask("GET", "/api/v1/records/organisation?limit=1")).json().items[0].id;
    const names = payloads.map((name) => ({ op: "create", table: "organisation_name", values: { organisation_id: organisation, name, kind: "alias" } }));
    if ((await desk.ask("POST", "/api/v1/changes", { operations: names })).status === 200) taken.add("organisation_name.name");
    return { taken, all };
}

/* A pavilion of the edition gets a picture, so that there is one to describe. */
async function addPicture(desk, site) {
    const edition = (await desk.ask("GET", "/api/v1/records/edition?where=code:2024")).json().items[0].id;
    const pavilion = (await desk.ask("GET", `/api/v1/records/pavilion?where=edition_id:${edition}&limit=1`)).json().items[0];
    run("picture", site.database, pavilion.values.name_en, join(source, "docs/pictures/chain-map.png"), "--edition", "2024", "--alt-en", "A map");
}

/* A list whose cells, headers and name are payloads, imported; and one that stays open on the desk. */
async function importList(desk, site) {
    const cell = (text) => `"${text.replaceAll("\"", "\"\"")}"`;
    const rows = payloads.map((text, n) => [`Firm ${n} ${text}`, `\u516C\u53F8${n}${text}`, text].map(cell).join(","));
    const sheet = `\uFEFFname_en,name_zh,offers_text,${cell("<script>pwned(40)</script>")}\n${rows.join(",x\n")},x\n`;
    writeFileSync(join(site.folder, "list.csv"), sheet);
    try {
        run("import", site.database, join(site.folder, "list.csv"), "--edition", "2024", "--leave-out-wrong");
    } catch (error) {
        assert.match(error.message, /Firm|left out|rows/i);
    }
    for (const name of ["<img src=x onerror=pwned(41)>.csv", "../../../etc/passwd.csv", "a\r\nSet-Cookie: pwned=1.csv"])
        await desk.ask("POST", `/api/v1/uploads?name=${encodeURIComponent(name)}`, sheet, { "content-type": "application/octet-stream" });
    await desk.ask("PATCH", `/api/v1/accounts/${(await desk.ask("GET", "/api/v1/session")).json().account.id}`, { name: fill(1, 90) });
}

/* ---- reading ---- */

/* Every address that a visitor comes to by links, breadth first: [{path, type, text, headers}]. */
async function crawl(address, from) {
    const seen = new Set(from), queue = [...from], pages = [];
    while (queue.length > 0 && pages.length < PAGES_MAX) {
        const path = queue.shift(), reply = await fetch(address + path, { redirect: "manual" });
        const type = (reply.headers.get("content-type") ?? "").split(";")[0];
        const page = { path, type, status: reply.status, headers: reply.headers, text: await reply.text() };
        pages.push(page);
        if (type !== "text/html") continue;
        for (const [, link] of page.text.matchAll(/(?:href|src)="(\/(?:en|zh|api)\b[^"#]*)/g)) {
            const next = link.replaceAll("&amp;", "&");
            if (!seen.has(next) && !/\/20(23|25|26)\//.test(next)) {
                seen.add(next);
                if (/\.\w+$/.test(next)) queue.unshift(next); // files before more pages
                else queue.push(next);
            }
        }
    }
    return pages;
}

/* A window that tells what ran in it. */
async function open(browser, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    await context.addInitScript(() => {
        window.ran = [];
        window.pwned = (n) => window.ran.push(n);
        document.addEventListener("securitypolicyviolation", (event) => window.ran.push(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
    });
    const page = await context.newPage(), faults = [];
    page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
    page.on("dialog", (dialog) => faults.push(`dialog: ${dialog.message()}`));
    return { context, page, faults };
}

async function look(window, url, findings) {
    await window.page.goto(url, { waitUntil: "load" });
    const found = [...await window.page.evaluate(() => window.ran.map(String)), ...await window.page.evaluate(whatRuns), ...window.faults.splice(0)];
    findings.push(...found.map((what) => `${url}: ${what}`));
}

/* One page of each kind, those first that show most of what was planted. */
function choose(pages) {
    const kinds = new Map();
    for (const page of pages.filter((p) => p.type === "text/html")) {
        const kind = page.path.replace(/\?.*/, "").replace(/\/\d+/g, "/N").replace(/(chains|nodes|scenarios|programme)\/[^/]+/, "$1/C");
        const marks = (page.text.match(/pwned/g) ?? []).length;
        if (!kinds.has(kind) || kinds.get(kind).marks < marks) kinds.set(kind, { path: page.path, marks });
    }
    return [...kinds.values()].sort((a, b) => b.marks - a.marks).slice(0, OPENED).map((kind) => kind.path);
}

const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/* Cells of CSV (RFC 4180). */
function cells(text) {
    return [...text.replace(/^\uFEFF/, "").matchAll(/"((?:[^"]|"")*)"|([^",\r\n]+)/g)].map(([, quoted, bare]) => quoted?.replaceAll("\"\"", "\"") ?? bare);
}

function formulas(text) {
    return cells(text).filter((cell) => FORMULA.test(cell) && !/^[+-]?[\d.]+(e[+-]?\d+)?$/i.test(cell));
}

/* Lines of a vCard or iCalendar after unfolding whose name was planted. */
function strangeLines(text) {
    return text.replace(/\r\n[ \t]/g, "").split(/\r\n|\r|\n/).filter((line) => /^(ATTENDEE|X-PWNED)/i.test(line));
}

async function testFiles(site, pages) {
    const ofType = (type) => pages.filter((page) => page.type === type);
    await test("drawings are well formed and hold no script", async () => {
        const window = await open(site.browser);
        const findings = [];
        for (const page of ofType("image/svg+xml"))
            findings.push(...(await window.page.evaluate(({ code, text }) => new Function(`return ${code}`)()(text, "image/svg+xml"),
                { code: whatRuns.toString(), text: page.text })).map((what) => `${page.path}: ${what}`));
        await window.context.close();
        assert.deepEqual(findings.slice(0, 10), []);
    });
    await test("CSV holds no formula, from the site and from the command line", async () => {
        const tables = ofType("text/csv");
        for (const page of pages.filter((p) => p.status === 200 && p.path.endsWith("/datapackage.json")))
            for (const { path } of JSON.parse(page.text).resources ?? [])
                tables.push({ path, text: await (await fetch(new URL(path, site.address + page.path))).text() });
        const written = ["exhibitors", "gaps", "translations"].map((what) => ({ path: `export ${what}`, text: run("export", site.database, "--as", what, "--format", "csv", "--edition", "2024") }));
        assert.ok(written.some(({ text }) => /pwned/.test(text)), "an export shows what was planted");
        const findings = [...tables, ...written].flatMap(({ path, text }) => formulas(text).slice(0, 3).map((cell) => `${path}: ${cell.slice(0, 80)}`));
        assert.deepEqual(findings.slice(0, 10), []);
    });
    await test("no line of a card or calendar is one that a text put there", () => {
        const files = [...ofType("text/calendar"), ...ofType("text/vcard")];
        assert.ok(files.length > 20 && files.some((page) => /pwned/.test(page.text)), `${files.length} cards and calendars`);
        assert.deepEqual(files.flatMap((page) => strangeLines(page.text).map((line) => `${page.path}: ${line.slice(0, 80)}`)).slice(0, 10), []);
    });
    await test("no name of a download breaks its header", () => {
        const bad = pages.filter((page) => {
            const said = page.headers.get("content-disposition");
            return page.headers.get("set-cookie") !== null || (said !== null && !/^(inline|attachment)(; filename="[\w .()-]+"|; filename\*=UTF-8''[\w.%~!#$&+^`|-]+)*$/.test(said));
        });
        assert.deepEqual(bad.map((page) => `${page.path}: ${page.headers.get("content-disposition")}`), []);
    });
}

/* Text of a request in the reply: parameters, names in paths, headers. */
async function testReflected(site) {
    const places = ["/en/2024/search?q=P", "/zh/2024/search?q=P", "/en/2024/exhibitors?q=P", "/en/2024/exhibitors?country=P", "/en/2024/exhibitors?sort=P",
        "/en/2024/exhibitors?P=1", "/en/2024/gaps?stage=P", "/en/2024/programme?day=P", "/en/2024/exhibitors/P", "/en/2024/nodes/P", "/en/P/", "/P/2024/", "/P",
        "/api?lang=P", "/api/P", "/api/problems/P", "/api/v1/P", "/api/v1/exhibitors?q=P", "/api/v1/exhibitors?country=P", "/api/v1/exhibitors?P=1",
        "/api/v1/search?q=P", "/api/v1/records/P", "/api/v1/data/2024/P", "/assets/P", "/desk/P"];
    await test("reflected: no reply holds what was asked for as anything but text", async () => {
        const window = await open(site.browser, { bypassCSP: true });
        const findings = [];
        for (const place of places) {
            for (const payload of [payloads[2], payloads[3], payloads[5], payloads[12]]) {
                const path = place.replace("P", encodeURIComponent(payload));
                const reply = await fetch(site.address + path, { headers: { "accept-language": payload, "user-agent": payload }, redirect: "manual" });
                const text = await reply.text(), type = reply.headers.get("content-type") ?? "";
                if (!type.startsWith("text/html")) {
                    if (!/json|text\/plain|^$/.test(type) || reply.headers.get("x-content-type-options") !== "nosniff") findings.push(`${path}: ${type}`);
                    continue;
                }
                const found = await window.page.evaluate(({ code, html }) => new Function(`return ${code}`)()(html, "text/html"), { code: whatRuns.toString(), html: text });
                findings.push(...found.map((what) => `${path}: ${what}`));
            }
        }
        for (const place of places.slice(0, 4)) await look(window, site.address + place.replace("P", encodeURIComponent(payloads[5])), findings);
        await window.context.close();
        assert.deepEqual(findings.slice(0, 10), []);
    });
}

/* The list of each table, and the form of one of its records. */
async function formsOf(desk) {
    const found = [];
    for (const { name } of (await desk.ask("GET", "/api/v1/records")).json().tables) {
        const record = (await desk.ask("GET", `/api/v1/records/${name}?limit=1`)).json().items[0];
        found.push(`/desk/records/${name}`);
        if (record) found.push(`/desk/records/${name}/${record.id}`);
    }
    return found;
}

async function testStored(site, pages, desk) {
    await test("stored: no page holds a planted element, attribute or address", async () => {
        const window = await open(site.browser);
        const findings = [];
        let shown = 0;
        for (const page of pages.filter((p) => p.type === "text/html")) {
            shown += /pwned/.test(page.text);
            findings.push(...(await window.page.evaluate(({ code, html }) => new Function(`return ${code}`)()(html, "text/html"), { code: whatRuns.toString(), html: page.text }))
                .map((what) => `${page.path}: ${what}`));
        }
        await window.context.close();
        assert.deepEqual(findings.slice(0, 10), []);
        assert.ok(shown > 100, `${shown} of ${pages.length} pages show something planted`);
    });
    const chosen = choose(pages);
    for (const bypassCSP of [true, false]) {
        await test(`stored: opened in Chromium ${bypassCSP ? "without" : "with"} the policy, no page runs anything`, async () => {
            const window = await open(site.browser, { bypassCSP });
            const findings = [];
            for (const path of chosen) await look(window, site.address + path, findings);
            await window.context.close();
            assert.ok(chosen.length >= 12, `${chosen.length} kinds of page`);
            assert.deepEqual(findings.slice(0, 10), []);
        });
    }
    await test("stored: the desk shows all of it as text and runs nothing, without the policy and with it", async () => {
        const findings = [], forms = await formsOf(desk);
        let texts = 0;
        for (const bypassCSP of [true, false]) {
            const window = await open(site.browser, { bypassCSP });
            const [name, value] = desk.cookie.split("=");
            await window.context.addCookies([{ name, value, url: site.address }]);
            const queue = ["/desk", ...(bypassCSP ? forms : [])], seen = new Set(queue), most = queue.length + DESK_PAGES;
            while (queue.length > 0) {
                const path = queue.shift();
                await window.page.goto(site.address + path);
                await window.page.waitForLoadState("networkidle");
                const links = await window.page.evaluate(() => [...document.querySelectorAll("a[href^='/desk']")].map((a) => a.getAttribute("href")));
                texts += await window.page.evaluate(() => document.body.innerText.includes("pwned") || [...document.querySelectorAll("input, textarea")].some((i) => i.value.includes("pwned")));
                findings.push(...[...await window.page.evaluate(() => window.ran.map(String)), ...await window.page.evaluate(whatRuns), ...window.faults.splice(0)].map((what) => `${path}: ${what}`));
                for (const link of links.filter((link) => !seen.has(link)).slice(0, 8)) {
                    seen.add(link);
                    if (seen.size <= most) queue.push(link);
                }
            }
            await window.context.close();
        }
        assert.deepEqual(findings.slice(0, 10), []);
        console.log(`# ${texts} screens of the desk showed something planted`);
        assert.ok(texts >= forms.length / 2, `${texts} screens, ${forms.length} lists and forms`);
    });
}

/* The eyes of this test: a page that forgets to escape is seen. */
async function testEyes(site) {
    await test("a payload that is not escaped is found, and runs where there is no policy", async () => {
        const window = await open(site.browser, { bypassCSP: true });
        const blind = [];
        for (const payload of payloads.filter((text) => /<[a-z]|onfocus|onmouseover/.test(text) && !text.includes("<!--"))) {
            const html = `<!doctype html><title>x</title><input value="${payload}"><input title='${payload}'><p>${payload}</p>`;
            const found = await window.page.evaluate(({ code, text }) => new Function(`return ${code}`)()(text, "text/html"), { code: whatRuns.toString(), text: html });
            if (found.length === 0) blind.push(payload);
        }
        await window.page.goto(site.address + "/en/2024/");
        await window.page.evaluate((text) => document.body.insertAdjacentHTML("beforeend", text), payloads[1]);
        await window.page.waitForFunction(() => window.ran.includes(2));
        await window.context.close();
        assert.deepEqual(blind, []);
    });
}

async function testAll(site) {
    await testEyes(site);
    const desk = new Desk(site.address);
    await desk.enter(site.oneTime);
    let pages = [];
    await test("payloads go into the text fields of every editable table, and only where text may be", async () => {
        await addPicture(desk, site);
        const { taken, all } = await plant(desk);
        await importList(desk, site);
        console.log(`# ${taken.size} of ${all.size} text fields took a payload; not: ${[...all].filter((f) => !taken.has(f)).join(", ")}`);
        assert.ok(taken.size > all.size * 0.7, `${taken.size} of ${all.size}`);
        pages = await crawl(site.address, ["/en/2024/", "/zh/2024/", "/api?lang=en", "/api?lang=zh"]);
        console.log(`# ${pages.length} addresses read`);
        assert.deepEqual(pages.filter((page) => page.status >= 500).map((page) => page.path), []);
    });
    await testStored(site, pages, desk);
    await testFiles(site, pages);
    await testReflected(site);
}

const reason = missing(require, ["playwright-core"]);
if (reason !== null) {
    await test("scripts in texts", () => { throw new Skip(reason); });
} else {
    const { chromium } = require("playwright-core");
    await withServer(["--origin", "http://127.0.0.1", "--client-limit", "0"], async (site) => {
        const said = run("user", site.database, "add", EMAIL, "--role", "administrator");
        const browser = await chromium.launch({ executablePath, headless: true, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
        try {
            await testAll({ ...site, browser, oneTime: /password: (\S+)/.exec(said)[1] });
        } finally {
            await browser.close();
        }
    });
}
finish();
