/* The public site as a visitor meets it: every kind of page in Chromium, by mouse, keyboard, phone, print and no script. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { readHtml } from "./html.mjs";
import { source } from "../serve.mjs";
import { Skip, finish, origin, pictures, test, withSite } from "./harness.mjs";
import { PHONE, checkAxe, testPage, visit } from "./visit.mjs";

const MAP = "/en/2024/chains/clean-energy";

/* One of each kind; the exhibitors are found in the list by what they show. */
const pages = [
    { name: "home", path: "/en/2024/", status: 200 },
    { name: "chains", path: "/en/2024/chains", status: 200 },
    { name: "chain", path: MAP, status: 200 },
    { name: "chain-digital", path: "/en/2024/chains/digital-technology", status: 200 },
    { name: "ecosystem", path: `${MAP}/ecosystem`, status: 200 },
    { name: "chain-zh", path: MAP.replace("/en/", "/zh/"), status: 200 },
    { name: "scenario-zh", path: "/zh/2024/scenarios/burger", status: 200 },
    { name: "embed", path: `${MAP}/embed`, status: 200 },
    { name: "exhibitors", path: "/en/2024/exhibitors", status: 200 },
    { name: "search", path: "/en/2024/search?q=battery", status: 200 },
    { name: "search-zh", path: "/zh/2024/search?q=zzqqzz", status: 200 },
    { name: "exhibits", path: "/en/2024/exhibits", status: 200 },
    { name: "exhibits-zh", path: "/zh/2024/exhibits?debut=expo", status: 200 },
    { name: "figures", path: "/en/2024/figures", status: 200 },
    { name: "figures-zh", path: "/zh/2024/figures", status: 200 },
    { name: "node", path: "/en/2024/nodes/bat.cell", status: 200 },
    { name: "gaps", path: "/en/2024/gaps", status: 200 },
    { name: "pavilions", path: "/en/2024/pavilions", status: 200 },
    { name: "pavilion", path: "/en/2024/pavilions/cn-hb", status: 200 },
    { name: "pavilion-zh", path: "/zh/2024/pavilions/hu", status: 200 },
    { name: "programme", path: "/en/2024/programme", status: 200 },
    { name: "programme-day", path: "/en/2024/programme?day=2024-11-26", status: 200 },
    { name: "event-zh", path: "/zh/2024/programme/P029", status: 200 },
    { name: "scenarios", path: "/en/2024/scenarios", status: 200 },
    { name: "scenario", path: "/en/2024/scenarios/airack", status: 200 },
    { name: "programme-embed", path: "/zh/2024/programme/embed", status: 200 },
    { name: "not-found", path: "/en/2024/chains/no-such-chain", status: 404 },
];

/* The patterns of src/site/site.c that answer with a page; a route with a content type of its own is none. */
function pagePatterns() {
    const table = /} pages\[\] = \{([\s\S]*?)\n\};/.exec(readFileSync(join(source, "src/site/site.c"), "utf8"))[1];
    return [...table.matchAll(/\{"([^"]+)",\s*\w+,\s*NULL,/g)].map((match) => match[1]);
}

/* The pattern that answers a path: as in the router, one with fewer parameters goes before. */
function patternOf(path, patterns) {
    const parameters = (pattern) => pattern.split(":").length;
    const fits = patterns.filter((p) => new RegExp(`^${p.replaceAll(/:\w+/g, "[^/]+")}$`).test(path.split("?")[0]));
    return fits.sort((a, b) => parameters(a) - parameters(b))[0];
}

async function testRoutes(kinds) {
    await test("pages: every route of the site that answers with a page is looked at", () => {
        const patterns = pagePatterns();
        assert.ok(patterns.length > 15, `${patterns.length} patterns`);
        const seen = new Set(kinds.filter((kind) => kind.status === 200).map((kind) => patternOf(kind.path, patterns)));
        assert.deepEqual(patterns.filter((pattern) => !seen.has(pattern)), []);
    });
}

async function findExhibitors(site) {
    return visit(site, {}, async (page) => {
        const shows = { exhibitor: null, joint: null };
        await page.goto(site.address + "/en/2024/exhibitors");
        const paths = await page.locator("main a[href*='/exhibitors/']").evaluateAll((all) => [...new Set(all.map((a) => a.getAttribute("href")))]);
        for (const path of paths) {
            const text = await (await fetch(site.address + path)).text();
            const key = /Partners on the stand|joint stand/i.test(text.replace(/<footer[\s\S]*/, "")) ? "joint" : "exhibitor";
            shows[key] ??= path;
        }
        return Object.entries(shows).filter(([, path]) => path).map(([name, path]) => ({ name, path, status: 200 }));
    });
}

async function testMap(site) {
    await test("map: without a script it is a picture whose links lead to the rows of the table", () =>
        visit(site, { javaScriptEnabled: false }, async (page, faults) => {
            await page.goto(site.address + MAP);
            const boxes = await page.locator("#map a.b").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
            assert.ok(boxes.length > 50);
            const rows = new Set(await page.locator("table.nodes tr[id]").evaluateAll((all) => all.map((row) => `#${row.id}`)));
            assert.deepEqual(boxes.filter((href) => !rows.has(decodeURIComponent(href))), []);
            assert.equal(rows.size, boxes.length);
            assert.equal(await page.locator("#panel").isVisible(), false);
            assert.deepEqual(faults, []);
        }));
    await test("map: scrolls in its own container on a phone", () =>
        visit(site, { viewport: PHONE }, async (page) => {
            await page.goto(site.address + MAP);
            const moved = await page.locator(".map-scroll").evaluate((box) => {
                box.scrollLeft = 500;
                return { left: box.scrollLeft, page: window.scrollX };
            });
            assert.deepEqual(moved, { left: 500, page: 0 });
        }));
    await test("map: a link to a row of the table below shows the row, though it is laid out late", () =>
        visit(site, { viewport: PHONE }, async (page) => {
            await page.goto(`${site.address}${MAP}#row-bat.cell`);
            const row = await page.locator("[id='row-bat.cell']").boundingBox();
            assert.ok(row.height > 10 && row.y >= 0 && row.y < PHONE.height, `the row is at ${row.y}`);
            assert.match(await page.locator(".nodes tbody").last().innerText(), /\S/);
        }));
    await test("map: no line and no box asks the browser for a layer of its own", () =>
        visit(site, {}, async (page) => {
            await page.goto(site.address + MAP);
            const layers = await page.locator("#map path, #map a.b").evaluateAll((all) => all.filter((e) => getComputedStyle(e).opacity !== "1").length);
            assert.equal(layers, 0);
        }));
    await test("map: hovering a node lights its links and nothing else", () =>
        visit(site, {}, async (page) => {
            await page.goto(site.address + MAP);
            const box = page.locator("#map a.b[href='#row-bat.cell']");
            const number = await box.getAttribute("data-n");
            assert.equal(await page.locator("#map path.lit").count(), 0);
            await box.hover();
            const lit = await page.locator("#map path.lit").count();
            const touching = page.locator(`#map path[data-from='${number}'], #map path[data-to='${number}']`);
            assert.ok(lit >= await touching.count());
            for (const path of await touching.all()) assert.match(await path.getAttribute("class"), /\blit\b/);
            assert.ok(lit < await page.locator("#map path[data-from]").count());
            await page.mouse.move(5, 5);
            assert.equal(await page.locator("#map path.lit").count(), 0);
        }));
    await test("map: keyboard enters, moves, opens the firms of a node and comes back", () =>
        visit(site, {}, async (page) => {
            const focused = () => page.evaluate(() => document.activeElement.getAttribute("href"));
            await page.goto(site.address + MAP);
            await page.locator(".map-scroll").focus();
            await page.keyboard.press("Tab");
            const first = await focused();
            assert.match(first, /^#row-/);
            await page.keyboard.press("ArrowDown");
            assert.notEqual(await focused(), first);
            assert.match(await focused(), /^#row-/);
            await page.keyboard.press("ArrowUp");
            assert.equal(await focused(), first);
            await page.keyboard.press("ArrowRight");
            assert.notEqual(await focused(), first);

            const offered = page.locator("#map a.b.many, #map a.b.one").first();
            const href = await offered.getAttribute("href");
            await offered.focus();
            await page.keyboard.press("Enter");
            assert.ok(await page.locator("#panel").isVisible());
            const rowFirms = await page.locator(`[id='${href.slice(1)}'] a[href*='/exhibitors/']`).allTextContents();
            const panelFirms = await page.locator("#panel a[href*='/exhibitors/']").allTextContents();
            assert.ok(rowFirms.length > 0);
            assert.deepEqual(panelFirms, rowFirms);
            await page.screenshot({ path: join(pictures, "chain-panel.png") });
            await page.keyboard.press("Escape");
            assert.equal(await page.locator("#panel").isVisible(), false);
            assert.equal(await focused(), href);
        }));
    await test("map: prints on one page", async () => {
        const file = join(pictures, "chain-print.pdf");
        await visit(site, {}, async (page) => {
            await page.goto(site.address + MAP);
            const empty = await page.locator("#map a.b.none").count();
            await page.pdf({ path: file, preferCSSPageSize: true, printBackground: true });
            const text = spawnSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" });
            if (text.error) throw new Skip("no pdftotext");
            /* Every node without an exhibitor carries this mark, and only the map and its legend do. */
            const marks = text.stdout.split("\f").map((sheet) => sheet.split("○").length - 1);
            assert.ok(empty > 10);
            assert.ok(Math.max(...marks) >= empty, `marks by printed page: ${marks}; nodes: ${empty}`);
            spawnSync("pdftoppm", ["-r", "60", "-png", file, join(pictures, "chain-print")]);
        });
    });
}

async function testFind(site) {
    await test("search: suggests while typing, by keyboard, and leads to what is chosen", () =>
        visit(site, {}, async (page, faults) => {
            await page.goto(site.address + "/en/2024/gaps");
            await page.keyboard.press("Control+k");
            assert.equal(await page.evaluate(() => document.activeElement.id), "find");
            await page.keyboard.type("ningde");
            const options = page.locator("#find-list [role=option]");
            await options.first().waitFor();
            assert.match(await options.first().textContent(), /^CATL/);
            await page.keyboard.press("ArrowDown");
            assert.equal(await options.first().getAttribute("aria-selected"), "true");
            await checkAxe(page, site.axe);
            await page.screenshot({ path: join(pictures, "find.png") });
            await page.keyboard.press("Escape");
            assert.equal(await page.locator("#find-list").isVisible(), false);
            await page.locator("#find").fill("ningd");
            await options.first().waitFor();
            await page.keyboard.press("ArrowDown");
            await Promise.all([page.waitForURL(/\/exhibitors\/\d+$/), page.keyboard.press("Enter")]);
            assert.equal(await page.locator("h1 bdi").first().textContent(), "CATL");
            assert.deepEqual(faults, []);
        }));
    await test("search: without a script the form leads to the results", () =>
        visit(site, { javaScriptEnabled: false }, async (page) => {
            await page.goto(site.address + "/zh/2024/");
            await page.locator("#find").fill("锂电");
            await Promise.all([page.waitForURL(/\/zh\/2024\/search\?q=/), page.locator(".site-find button").click()]);
            assert.ok(await page.locator("main .hits a[href*='/nodes/']").count() > 0);
        }));
}

/* How many sheets a page takes, and the words of each. */
async function print(site, path, name) {
    const file = join(pictures, `${name}.pdf`);
    await visit(site, {}, async (page) => {
        await page.goto(site.address + path);
        await page.pdf({ path: file, preferCSSPageSize: true });
    });
    const text = spawnSync("pdftotext", [file, "-"], { encoding: "utf8" });
    if (text.error) throw new Skip("no pdftotext");
    return text.stdout.split("\f").slice(0, -1);
}

async function testPrint(site) {
    await test("print: the address stands on the first sheet, and no sheet holds the footer alone", async () => {
        for (const path of ["/en/2024/programme", "/en/2024/pavilions/cn-hb", "/zh/2024/exhibits", "/en/2024/nodes/bat.cell", "/zh/2024/scenarios/airack"]) {
            const sheets = await print(site, path, "sheets");
            assert.ok(sheets[0].replaceAll(/\s+/g, "").includes(origin + path), `${path}: ${sheets[0].slice(0, 200)}`);
            const least = Math.min(...sheets.map((sheet) => sheet.trim().split("\n").filter((line) => line.trim()).length));
            assert.ok(least > 3, `${path}: a sheet of ${least} lines`);
        }
    });
    await test("print: what is closed and cannot be opened is not there", async () => {
        const sheets = await print(site, "/en/2024/programme", "sheets");
        assert.doesNotMatch(sheets.join(""), /By host/);
        assert.doesNotMatch(sheets.join(""), /Grid of this day/);
        assert.match((await print(site, "/en/2024/", "sheets")).join(""), /other publications/);
    });
    await test("print: a scenario's picture stands on the first sheet, below its name", async () => {
        for (const path of ["/en/2024/scenarios/airack", "/zh/2024/scenarios/airack"])
            assert.match((await print(site, path, "sheets"))[0], /○/, path);
    });
}

/* What a phone's camera makes of the printed page. */
async function testPrintedCode(site) {
    await test("print: the QR code leads to the page", async () => {
        const path = "/zh/2024/nodes/bat.cell", file = join(pictures, "node-print.pdf"), picture = join(pictures, "node-print");
        await visit(site, {}, async (page) => {
            await page.goto(site.address + path);
            assert.equal(await page.locator(".qr").isVisible(), false);
            await page.pdf({ path: file, preferCSSPageSize: true });
        });
        if (spawnSync("pdftoppm", ["-r", "150", "-png", file, picture]).error) throw new Skip("no pdftoppm");
        const sheets = readdirSync(pictures).filter((name) => name.startsWith("node-print-")).map((name) => join(pictures, name));
        const read = spawnSync("zbarimg", ["-q", "--raw", ...sheets], { encoding: "utf8" });
        if (read.error) throw new Skip("no zbarimg");
        assert.equal(read.stdout.trim(), origin + path);
    });
}

async function testEditions(site) {
    await test("editions: the chooser keeps the page and names the one that is shown", () =>
        visit(site, {}, async (page) => {
            await page.goto(site.address + MAP);
            const current = page.locator(".editions a[aria-current='true']");
            assert.deepEqual(await current.allTextContents(), ["2024"]);
            await page.locator(".editions a", { hasText: "2025" }).click();
            assert.equal(new URL(page.url()).pathname, MAP.replace("2024", "2025"));
            assert.deepEqual(await current.allTextContents(), ["2025"]);
        }));
}

/* Every page of the 2024 edition that a link leads to, well formed, and every link of theirs alive. */
async function testCrawl(site) {
    const faults = [], dead = [], ids = new Map(), fragments = [];
    const todo = ["/en/2024/"], seen = new Set(todo);
    const take = async (path) => {
        const reply = await fetch(site.address + path);
        if (reply.status !== 200) {
            dead.push(`${reply.status} ${path}`);
            return;
        }
        const text = await reply.text();
        if (!path.startsWith("/en/2024/") || !reply.headers.get("content-type").startsWith("text/html")) return;
        const page = readHtml(text);
        ids.set(path, page.ids);
        page.faults.forEach((fault) => faults.push(`${path}: ${fault}`));
        for (const link of page.links) {
            const url = new URL(link, site.address + path);
            if (url.origin !== site.address) continue;
            const target = url.pathname + url.search;
            if (url.hash) fragments.push([path, target, decodeURIComponent(url.hash.slice(1))]);
            if (!seen.has(target)) {
                seen.add(target);
                todo.push(target);
            }
        }
    };
    while (todo.length > 0) await Promise.all(todo.splice(0, 8).map(take));
    await test("crawl: every link of the 2024 edition answers 200", () => {
        assert.ok(seen.size > 300, `${seen.size} addresses`);
        assert.deepEqual(dead.slice(0, 10), []);
    });
    await test("crawl: every page of the 2024 edition is well formed", () => {
        assert.ok(ids.size > 300, `${ids.size} pages`);
        assert.deepEqual(faults.slice(0, 10), []);
    });
    await test("crawl: every link to a part of a page finds it", () => {
        const lost = fragments.filter(([, target, id]) => ids.has(target) && !ids.get(target).has(id));
        assert.ok(fragments.length > 100);
        assert.deepEqual(lost.slice(0, 10).map(([from, target, id]) => `${from} -> ${target}#${id}`), []);
    });
}

await withSite(async (site) => {
    const kinds = pages.concat(await findExhibitors(site));
    await testRoutes(kinds);
    for (const kind of kinds) await testPage(site, kind);
    await testMap(site);
    await testFind(site);
    await testPrint(site);
    await testPrintedCode(site);
    await testEditions(site);
    await testCrawl(site);
});
finish();
