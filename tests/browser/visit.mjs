/* Looking at a page as a visitor does: a fresh window, what goes wrong in it, accessibility, a phone. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { pictures, test } from "./harness.mjs";

export const WIDE = { width: 1400, height: 900 };
export const PHONE = { width: 390, height: 844 };

/* Calls body(page, faults) in a fresh window; faults collects console errors, violations of the policy, foreign requests. */
export async function visit(site, options, body) {
    const context = await site.browser.newContext({ viewport: WIDE, ...options });
    const faults = [];
    try {
        const page = await context.newPage();
        page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
        page.on("console", (message) => {
            /* Chromium reports the page's own status 404 as an error; the status is checked by itself. */
            if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
                faults.push(`console: ${message.text()}`);
        });
        page.on("request", (request) => {
            if (!request.url().startsWith(site.address + "/")) faults.push(`request to ${request.url()}`);
        });
        page.on("response", (response) => {
            if (response.status() >= 400 && response.request().resourceType() !== "document")
                faults.push(`${response.status()} for ${response.url()}`);
        });
        return await body(page, faults);
    } finally {
        await context.close();
    }
}

export async function checkAxe(page, axe) {
    await page.evaluate(axe);
    const found = await page.evaluate(() => window.axe.run(document));
    assert.ok(found.passes.length > 10, "axe ran its rules");
    assert.deepEqual(found.violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 120)).join(" | ")}`), []);
}

/* Elements that stick out of the window and do not scroll in a container of their own. */
export function stickingOut() {
    return [...document.body.querySelectorAll("*")]
        .filter((e) => !e.closest(".scroll, .main") || e.matches(".scroll, .main"))
        .filter((e) => e.getBoundingClientRect().right > window.innerWidth + 1)
        .slice(0, 5)
        .map((e) => `${e.tagName}.${e.getAttribute("class") ?? ""} to ${Math.round(e.getBoundingClientRect().right)} px`);
}

export async function testPage(site, kind) {
    for (const colorScheme of ["light", "dark"]) {
        await test(`${kind.name}: answers ${kind.status} without a fault, accessible, ${colorScheme}`, () =>
            visit(site, { colorScheme }, async (page, faults) => {
                const reply = await page.goto(site.address + kind.path);
                assert.equal(reply.status(), kind.status);
                assert.match(await page.title(), /\S{3}/);
                assert.equal(await page.locator("h1").count(), 1);
                await page.screenshot({ path: join(pictures, `${kind.name}-${colorScheme}.png`), fullPage: true });
                assert.deepEqual(faults, []);
                await checkAxe(page, site.axe);
            }));
    }
    await test(`${kind.name}: fits a phone`, () =>
        visit(site, { viewport: PHONE }, async (page) => {
            await page.goto(site.address + kind.path);
            await page.screenshot({ path: join(pictures, `${kind.name}-phone.png`), fullPage: true });
            const width = await page.evaluate(() => document.scrollingElement.scrollWidth);
            assert.ok(width <= PHONE.width, `the page is ${width} px wide`);
            assert.deepEqual(await page.evaluate(stickingOut), []);
        }));
}
