/* Overview, directory and exhibitors as visitors use them: both languages, phone and desk, keyboard, paper, no script. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { Skip, finish, pictures, test, withSite } from "./harness.mjs";
import { PHONE, testPage, visit } from "./visit.mjs";

const LIST = "/en/2024/exhibitors";

/* Exhibitors of the sample by what their pages show; numbers come from the directory. */
const firms = [
    { name: "bosch", words: "Bosch" },          /* neighbours on both sides, several nodes of its own */
    { name: "apple", words: "Apple" },          /* needs of its own words, a joint stand */
    { name: "shenglong", words: "Shenglong" },  /* debuts with proof, an event it hosts */
    { name: "union", words: "African Union" },  /* nothing that fits a node */
];

async function find(site, words) {
    const text = await (await fetch(`${site.address}${LIST}?q=${encodeURIComponent(words)}`)).text();
    return /class="who"><a href="\/en\/2024\/exhibitors\/(\d+)"/.exec(text)[1];
}

async function pagesOf(site) {
    const paths = [
        ["home", ""], ["home-first", "../2023/"], ["directory", "exhibitors"], ["directory-set", "exhibitors?chain=smart-vehicle&size=large"],
        ["directory-area", "exhibitors?by=area"], ["directory-empty", "exhibitors?chain=smart-vehicle&country=HU"],
    ];
    for (const firm of firms) paths.push([`exhibitor-${firm.name}`, `exhibitors/${await find(site, firm.words)}`]);
    return paths.flatMap(([name, path]) => ["en", "zh"].map((language) => {
        const at = path.startsWith("../") ? `/${language}/${path.slice(3)}` : `/${language}/2024/${path}`;
        return { name: `${name}-${language}`, path: at, status: 200 };
    }));
}

async function testDirectory(site) {
    await test("directory: by keyboard alone, a filter is set and taken off again, without script", () =>
        visit(site, { javaScriptEnabled: false }, async (page, faults) => {
            await page.goto(site.address + LIST);
            const all = await page.locator(".firms li").count();
            await page.locator("select[name=country]").focus();
            await page.locator("select[name=country]").selectOption("DE");
            await page.locator("main input[name=q]").focus();
            await page.keyboard.press("Enter");
            await page.waitForURL("**/exhibitors?country=DE");
            const some = await page.locator(".firms li").count();
            assert.ok(some > 0 && some < all);
            const chip = page.locator(".chips.set a").first();
            assert.match(await chip.textContent(), /Germany/);
            await chip.focus();
            await page.keyboard.press("Enter");
            await page.waitForURL("**/exhibitors");
            assert.equal(await page.locator(".firms li").count(), all);
            assert.deepEqual(faults, []);
        }));
    await test("directory: words are found in any name, with what else is set", () =>
        visit(site, {}, async (page) => {
            await page.goto(`${site.address}/zh/2024/exhibitors?country=US`);
            await page.locator("main input[name=q]").fill("特斯拉");
            await page.locator(".find button").click();
            await page.waitForURL("**/exhibitors?country=US&q=*");
            assert.deepEqual(await page.locator(".firms .who a").allTextContents(), ["特斯拉"]);
        }));
    await test("directory: a letter leads to its names", () =>
        visit(site, {}, async (page) => {
            await page.goto(site.address + LIST);
            await page.locator(".jumps a", { hasText: /^T$/ }).click();
            assert.equal(new URL(page.url()).hash, "#letter-T");
            const box = await page.locator("#letter-T").boundingBox();
            assert.ok(box.y >= 0 && box.y < 900);
        }));
}

async function testMap(site) {
    await test("exhibitor: the map is read on a phone without scrolling sideways", async () => {
        const path = `/en/2024/exhibitors/${await find(site, "Bosch")}`;
        await visit(site, { viewport: PHONE }, async (page) => {
            await page.goto(site.address + path);
            const map = page.locator("svg.near"), box = await map.boundingBox();
            assert.ok(box.x >= 0 && box.x + box.width <= PHONE.width);
            const sizes = await map.locator("text").evaluateAll((all) => all.map((t) => t.getBoundingClientRect().height / (t.querySelectorAll("tspan").length + 1)));
            assert.ok(Math.min(...sizes) >= 9, `lines of ${Math.min(...sizes)} px`);
            /* No name leaves its box. */
            const out = await map.evaluate((svg) => [...svg.querySelectorAll("a.b")].filter((a) =>
                a.querySelector("text").getBBox().x + a.querySelector("text").getBBox().width > a.querySelector("rect").getBBox().x + a.querySelector("rect").getBBox().width + 1)
                .map((a) => a.textContent));
            assert.deepEqual(out, []);
        });
    });
    await test("exhibitor: a box leads to its node, a name to its firm", async () => {
        const path = `/en/2024/exhibitors/${await find(site, "Bosch")}`;
        await visit(site, { javaScriptEnabled: false }, async (page) => {
            await page.goto(site.address + path);
            const firm = page.locator("svg.near a.f").first(), target = await firm.getAttribute("href");
            await firm.click();
            assert.equal(new URL(page.url()).pathname, target);
            await page.goto(site.address + path);
            await page.locator("svg.near a.own").first().click();
            assert.match(page.url(), /\/nodes\//);
        });
    });
    await test("exhibitor: prints with its map, its lists and its address", async () => {
        const file = join(pictures, "exhibitor-print.pdf"), path = `/en/2024/exhibitors/${await find(site, "Bosch")}`;
        await visit(site, {}, async (page) => {
            await page.goto(site.address + path);
            await page.pdf({ path: file, preferCSSPageSize: true, printBackground: true });
        });
        const text = spawnSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" });
        if (text.error) throw new Skip("no pdftotext");
        /* Without blanks: what stands on two lines was broken. */
        for (const words of ["Bosch", "Up the chain", "Qualcomm", "could supply it", `expo.example${path}`])
            assert.ok(text.stdout.replaceAll(/\s+/g, "").includes(words.replaceAll(" ", "")), `"${words}" is not on paper`);
        spawnSync("pdftoppm", ["-r", "60", "-png", file, join(pictures, "exhibitor-print")]);
    });
    await test("exhibitor: the card is a file to save", async () => {
        const path = `/en/2024/exhibitors/${await find(site, "Bosch")}`;
        await visit(site, { acceptDownloads: true }, async (page) => {
            await page.goto(site.address + path);
            const [download] = await Promise.all([page.waitForEvent("download"), page.locator("a[href$='card.vcf']").click()]);
            assert.match(download.suggestedFilename(), /\.vcf$/);
        });
    });
}

async function testHome(site) {
    await test("home: what contradicts a figure is one step away, without script", () =>
        visit(site, { javaScriptEnabled: false }, async (page) => {
            await page.goto(`${site.address}/en/2024/`);
            const others = page.locator(".figure details").first();
            assert.equal(await others.locator("li").first().isVisible(), false);
            await others.locator("summary").click();
            assert.equal(await others.locator("li").first().isVisible(), true);
        }));
    await test("home: date, place and purpose are on the first screen of a phone", () =>
        visit(site, { viewport: PHONE }, async (page) => {
            await page.goto(`${site.address}/en/2024/`);
            for (const part of [".when", ".lead", ".doors"]) {
                const box = await page.locator(part).boundingBox();
                assert.ok(box.y + box.height <= PHONE.height, `${part} ends at ${box.y + box.height}`);
            }
        }));
}

await withSite(async (site) => {
    for (const kind of await pagesOf(site)) await testPage(site, kind);
    await testHome(site);
    await testDirectory(site);
    await testMap(site);
});
finish();
