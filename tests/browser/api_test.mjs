/* The pages of the API for people: in both languages, on a phone, and by axe. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { finish, pictures, test, withSite } from "./harness.mjs";

const paths = ["/api", "/api?lang=zh", "/api/problems/invalid-cursor", "/api/problems/invalid-cursor?lang=zh"];

await withSite(async ({ address, browser, axe }) => {
    for (const [name, viewport] of Object.entries({ phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } }))
        for (const path of paths)
            await test(`${path} on a ${name} fits, and axe finds nothing`, async () => {
                const page = await browser.newPage({ viewport });
                try {
                    const faults = [];
                    page.on("console", (message) => { if (message.type() === "error") faults.push(message.text()); });
                    const reply = await page.goto(address + path);
                    assert.equal(reply.status(), 200);
                    assert.equal(await page.getAttribute("html", "lang"), path.endsWith("zh") ? "zh-Hans" : "en");
                    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
                    assert.ok(over <= 0, `${over} px too wide`);
                    await page.evaluate(axe);
                    const found = await page.evaluate(() => window.axe.run(document));
                    assert.deepEqual(found.violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 120)}`), []);
                    assert.deepEqual(faults, []);
                    await page.screenshot({ path: join(pictures, `api-${paths.indexOf(path)}-${name}.png`) });
                } finally {
                    await page.close();
                }
            });

    await test("every address of the page that names no record answers", async () => {
        const page = await browser.newPage();
        await page.goto(`${address}/api`);
        const links = await page.$$eval("main a[href^='/']", (all) => all.map((a) => a.getAttribute("href")));
        assert.ok(links.length > 50);
        for (const link of new Set(links)) {
            const { status } = await fetch(address + link);
            assert.equal(status, 200, link);
        }
        await page.close();
    });
});
finish();
