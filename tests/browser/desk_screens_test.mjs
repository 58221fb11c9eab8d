/*
 * Every screen of the organiser's desk, in both languages, wide and on a phone: drawn without a fault, accessible, nothing
 * sticks out. And what single screens promise: previews without script, periods with their effect, a board of 1,000 cases.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { finish, test } from "./harness.mjs";
import { checkScreen, firstSignIn, openWindow, withDesk } from "./desk.mjs";
import { payloads, whatRuns } from "./payloads.mjs";

const ADMIN = "admin@expo.example";

const SCREENS = [
    ["today", "/desk", "h1"],
    ["organisations", "/desk/records/organisation", "table.records"],
    ["exhibitors", "/desk/records/exhibitor", "table.records"],
    ["exhibitor", "/desk/records/exhibitor/1", "form.record"],
    ["new-event", "/desk/records/programme_entry/new", "form.record"],
    ["participants", "/desk/records/participant", "h1"],
    ["new-participant", "/desk/records/participant/new", "form.record"],
    ["pavilion", "/desk/records/pavilion/1", "form.record"],
    ["edition", "/desk/records/edition/1", "form.record"],
    ["history", "/desk/records/organisation/1/history", "ol.changes"],
    ["gaps", "/desk/gaps", ".board"],
    ["chains", "/desk/chains", "table.records"],
    ["chain", "/desk/chains/clean-energy", "table.records"],
    ["duplicates", "/desk/duplicates", "h1"],
    ["log", "/desk/log", "table.records"],
    ["batch", "/desk/log/1", "ol.changes"],
    ["accounts", "/desk/accounts", "table.records"],
    ["me", "/desk/me", "main h2"],
    ["import", "/desk/import", ".drop"],
    ["backup", "/desk/backup", "main h2"],
    ["retention", "/desk/retention", "table.records input"],
    ["pavilion-text", "/desk/records/pavilion_text/1", ".preview .prose"],
];

/* A test in a window of the administrator's; it fails by what went wrong in the window, too. */
async function inWindow(site, storageState, name, body) {
    await test(name, async () => {
        const { context, page, faults } = await openWindow(site, { storageState });
        try {
            await body(page);
            assert.deepEqual(faults, []);
        } finally {
            await context.close();
        }
    });
}

async function testPreview(site, storage) {
    await inWindow(site, storage, "preview: what is typed stands beside it as visitors will see it", async (page) => {
        await page.goto(site.address + "/desk/records/pavilion_text/1");
        const preview = page.getByRole("region", { name: "As visitors will see it: Text in English" });
        await page.locator("textarea[name=text_en]").fill("# Visit\n\nCome **early**, see [us](https://expo.example/).\n\n3. third");
        await preview.locator("strong").waitFor();
        assert.equal(await preview.locator(".prose").innerHTML(), await page.evaluate(async () => {
            const session = await (await fetch("/api/v1/session")).json();
            const reply = await fetch("/api/v1/preview", { method: "POST", headers: { "Content-Type": "application/json", "X-CSRF-Token": session.csrf },
                body: JSON.stringify({ text: document.querySelector("textarea[name=text_en]").value }) });
            return (await reply.text()).replace('rel="nofollow noopener"', '$& target="_blank"');
        }));
        await page.getByRole("button", { name: "Hide the preview" }).first().press("Enter");
        await preview.waitFor({ state: "detached" });
    });
    await inWindow(site, storage, "preview: no payload runs in it or makes an element of its own", async (page) => {
        await page.addInitScript(() => { window.ran = []; window.pwned = (n) => window.ran.push(n); });
        await page.goto(site.address + "/desk/records/pavilion_text/1");
        await page.locator(".preview .prose").first().waitFor();
        for (const [n, payload] of payloads.entries()) {
            await page.locator("textarea[name=text_en]").fill(`${payload}\n\nmark${n}mark`);
            await page.locator(".preview", { hasText: `mark${n}mark` }).waitFor();
            assert.deepEqual(await page.evaluate(whatRuns), [], payload);
        }
        assert.deepEqual(await page.evaluate(() => window.ran), []);
    });
}

async function testRetention(site, storage) {
    await inWindow(site, storage, "retention: a period tells what it deletes before it is saved", async (page) => {
        await page.goto(site.address + "/desk/retention");
        const row = page.getByRole("row", { name: /Ended sessions/ });
        await row.getByText("0 will be deleted").waitFor();
        await row.getByRole("textbox").fill("4000");
        await row.getByText("A whole number from 0 to 3,660").waitFor();
        assert.ok(await row.getByRole("button").isDisabled());
        await row.getByRole("textbox").fill("0");
        await row.getByText("0 will be deleted").waitFor();
        await row.getByRole("button").click();
        await page.getByText("Ended sessions and used links: kept for ever.").first().waitFor();
        await page.reload();
        assert.equal(await row.getByRole("textbox").inputValue(), "0");
    });
    await inWindow(site, storage, "palette: Enter before the list is drawn goes where the letters say", async (page) => {
        await page.goto(site.address + "/desk");
        await page.getByRole("heading", { name: "Today" }).waitFor();
        await page.keyboard.press("Control+k");
        const box = page.locator("dialog input[role=combobox]");
        await box.waitFor();
        /* Letters and Enter in one task: nothing can be drawn between them. */
        await box.evaluate((input) => {
            input.value = "retention";
            input.dispatchEvent(new Event("input", { bubbles: true }));
            input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
        });
        await page.waitForURL(/\/desk\/retention$/);
    });
}

const CASES = 1000;

/* Takes up every gap of an edition, and more nodes until there are so many cases; in one batch. */
async function makeCases(page) {
    return page.evaluate(async (most) => {
        const get = async (path) => (await fetch(`/api/v1/${path}`)).json();
        const { csrf } = await get("session"), edition = (await get("records/edition?where=code:2024")).items[0].id;
        const { rows } = await get("gap-board?edition=2024&suggestions=0");
        const taken = new Set(), values = [];
        const take = (chain_id, node_id, kind) => {
            const key = [chain_id, node_id, kind].join();
            if (values.length === most || taken.has(key)) return;
            taken.add(key);
            values.push({ edition_id: edition, chain_id, node_id, kind, state: ["to-invite", "invited", "won", "given-up"][values.length % 4] });
        };
        for (const row of rows) take(row.chain_id, row.node_id, row.kind);
        for (const kind of ["one-source", "one-country", "no-exhibitor"]) for (const row of rows) take(row.chain_id, row.node_id, kind);
        const operations = values.map((one) => ({ op: "create", table: "gap_case", values: one }));
        const reply = await fetch("/api/v1/changes", { method: "POST", headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf }, body: JSON.stringify({ operations }) });
        return reply.status === 200 ? values.length : reply.text();
    }, CASES);
}

async function testBoard(site, storage) {
    await inWindow(site, storage, "board: 1,000 cases are found by words, and paper shows every one", async (page) => {
        await page.goto(site.address + "/desk");
        await page.getByRole("heading", { name: "Today" }).waitFor();
        assert.equal(await makeCases(page), CASES);
        const began = Date.now();
        await page.goto(site.address + "/desk/gaps?kind=all");
        await page.locator(".board-column li").first().waitFor();
        console.log(`# board of ${CASES} cases drawn after ${Date.now() - began} ms`);
        const counts = () => page.locator(".board-column h2 small").allTextContents();
        assert.ok((await counts()).reduce((sum, text) => sum + Number(text.replace(",", "")), 0) >= CASES);
        const took = await page.evaluate(async () => {
            const box = document.querySelector(".filters input[type=search]"), start = performance.now();
            box.value = "tyre";
            box.dispatchEvent(new Event("input", { bubbles: true }));
            await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
            return performance.now() - start;
        });
        console.log(`# filtered by a word and drawn in ${Math.round(took)} ms`);
        assert.ok((await page.locator(".board-column li button").allTextContents()).length > 0);
        for (const text of await page.locator(".board-column li").allTextContents()) assert.match(text, /tyre/i);
        await page.getByRole("searchbox", { name: "Find" }).fill("");
        const shown = await page.locator(".board-column li").count();
        await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
        await page.waitForFunction((n) => document.querySelectorAll(".board-column li").length >= n, CASES);
        await page.evaluate(() => dispatchEvent(new Event("afterprint")));
        await page.waitForFunction((n) => document.querySelectorAll(".board-column li").length === n, shown);
    });
}

await withDesk(async (site, accounts) => {
    const { context, page } = await openWindow(site, {}, [401, 403]), storage = join(site.folder, "admin.json");
    await firstSignIn(page, site, ADMIN, accounts[ADMIN]);
    await context.storageState({ path: storage });
    await context.close();
    await testPreview(site, storage);
    await testRetention(site, storage);
    await testBoard(site, storage);
    for (const [name, path, ready] of SCREENS) await checkScreen(site, storage, name, path, ready);
});
finish();
