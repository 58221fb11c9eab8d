/* The door of the organiser's desk: the frame that the server gives, and signing in. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { finish, pictures, test, withSite } from "./harness.mjs";
import { PHONE, checkAxe, stickingOut, visit } from "./visit.mjs";

const NAMES = { en: /Organiser.s desk/, zh: /组委会工作台/ };

async function testFrame(site) {
    await test("frame: every address below /desk gives the same document, which no search engine keeps", async () => {
        const texts = await Promise.all(["/desk", "/desk/me", "/desk/records/organisation/12/history"].map(async (path) => {
            const reply = await fetch(site.address + path);
            assert.equal(reply.status, 200, path);
            assert.match(reply.headers.get("content-security-policy"), /script-src 'self';/);
            return reply.text();
        }));
        assert.equal(new Set(texts).size, 1);
        assert.match(texts[0], /<meta name="robots" content="noindex">/);
        assert.doesNotMatch(texts[0], /<script>|style=|onload=/);
        assert.equal((await fetch(site.address + "/desk/a/b/c/d/e")).status, 404);
    });
    await test("frame: without a script it says what is missing, in both languages", () =>
        visit(site, { javaScriptEnabled: false }, async (page, faults) => {
            await page.goto(site.address + "/desk");
            const text = await page.locator("body").innerText();
            assert.match(text, /needs a browser that runs scripts/);
            assert.match(text, /启用脚本/);
            assert.deepEqual(faults, []);
        }));
}

/* Chromium counts the 401 of a visitor who is not signed in as an error; here it is the answer that is wanted. */
function unexpected(faults) {
    return faults.filter((fault) => !/^40[14] for .*\/api\/v1\/session$/.test(fault));
}

async function testDoor(site) {
    for (const [lang, locale] of [["en", "en-GB"], ["zh", "zh-CN"]]) {
        for (const [size, viewport] of [["wide", { width: 1280, height: 800 }], ["phone", PHONE]]) {
            for (const colorScheme of ["light", "dark"]) {
                await test(`door: in the language of the browser, accessible, ${lang}, ${size}, ${colorScheme}`, () =>
                    visit(site, { viewport, locale, colorScheme }, async (page, faults) => {
                        await page.goto(site.address + "/desk");
                        await page.locator("input[type=password]").waitFor();
                        assert.match(await page.title(), NAMES[lang]);
                        assert.equal(await page.locator("html").getAttribute("lang"), lang === "zh" ? "zh-Hans-CN" : "en-GB");
                        await page.screenshot({ path: join(pictures, `desk-door-${lang}-${size}-${colorScheme}.png`) });
                        assert.deepEqual(await page.evaluate(stickingOut), []);
                        assert.deepEqual(unexpected(faults), []);
                        await checkAxe(page, site.axe);
                    }));
            }
        }
    }
    await test("door: another language is chosen once and kept", () =>
        visit(site, { locale: "en-GB" }, async (page) => {
            await page.goto(site.address + "/desk");
            await page.getByRole("button", { name: "中文" }).click();
            await page.getByRole("heading", { name: "登录" }).waitFor();
            await page.reload();
            await page.getByRole("heading", { name: "登录" }).waitFor();
        }));
}

await withSite(async (site) => {
    await testFrame(site);
    await testDoor(site);
});
finish();
