/*
 * The story of the organiser's desk, in one browser and one database: a messy list is imported with corrections, two firms are
 * merged, a gap is won, a stage is changed after its effect was seen, another organiser is met, everything is undone that should
 * be, and a backup is taken and put back.
 */
import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../serve.mjs";
import { finish, pictures, test } from "./harness.mjs";
import { firstSignIn, openWindow, withDesk } from "./desk.mjs";
import { checkAxe } from "./visit.mjs";

const ADMIN = "admin@expo.example", ORGANISER = "organiser@expo.example";

/* What organisers really send: semicolons, a title above the header, a country misspelt, a firm that is known. */
const MESSY = [
    "名录（第二版）;;;", "公司名称;Company;国家;展示内容", "阿法尔阀门;Alfar Valves Ltd;Chian;工业阀门",
    "贝塔轴承;Beta Bearings GmbH;Germany;轴承", "博世;Robert Bosch;Germany;汽车零部件",
].join("\r\n") + "\r\n";

async function toast(page, words) {
    await page.locator(".toast").getByText(words).first().waitFor();
}

async function testImport(page, site) {
    const file = join(site.folder, "messy.csv");
    writeFileSync(file, MESSY);
    await test("story: a messy list is brought, read again as told, mended in the preview and taken over", async () => {
        await page.goto(site.address + "/desk/import");
        await page.locator("input[type=file]").setInputFiles(file);
        await page.waitForURL(/desk\/import\/\d+/);
        await page.getByLabel("Separator").waitFor();
        await page.getByRole("button", { name: "Look at the rows" }).click();
        await page.getByRole("button", { name: /^wrong 1/ }).click();
        const cell = page.locator("input[aria-invalid=true]");
        await cell.waitFor();
        assert.match(await page.locator(`#${await cell.getAttribute("aria-describedby")}`).innerText(), /China/);
        await page.screenshot({ path: join(pictures, "desk-story-import.png") });
        await checkAxe(page, site.axe);
        await cell.fill("China");
        await cell.press("Enter");
        await page.getByText("No row is wrong").waitFor();
        await page.getByRole("button", { name: /^All rows/ }).click();
        await page.getByRole("button", { name: /^Take over \d+ rows/ }).click();
        await toast(page, "Taken over");
        await page.goto(site.address + "/desk/records/organisation?q=alfar");
        await page.getByRole("link", { name: /Alfar Valves/ }).click();
        await page.waitForFunction(() => [...document.querySelectorAll("input")].some((i) => /China/.test(i.value)));
    });
}

async function make(page, site, name) {
    await page.goto(site.address + "/desk/records/organisation/new");
    await page.getByLabel("Name in English").fill(name);
    await page.getByRole("button", { name: "Create" }).click();
    await page.waitForURL(/records\/organisation\/\d+$/);
    return Number(page.url().split("/").pop());
}

async function testMerge(page, site) {
    await test("story: two records of one firm are merged, and the merge is taken back", async () => {
        const first = await make(page, site, "Gamma Pumps"), second = await make(page, site, "Gamma Pumps Co");
        const session = await (await page.request.get(site.address + "/api/v1/session")).json();
        const reply = await page.request.post(site.address + "/api/v1/duplicates", {
            data: { first, second, decision: "later" }, headers: { "X-CSRF-Token": session.csrf },
        });
        assert.ok(reply.ok(), await reply.text());
        await page.goto(site.address + "/desk/duplicates");
        const pair = page.getByRole("article", { name: /Gamma Pumps/ });
        await pair.getByRole("radio", { name: "keep this one" }).first().waitFor();
        await page.screenshot({ path: join(pictures, "desk-story-merge.png") });
        await checkAxe(page, site.axe);
        await pair.getByRole("button", { name: "The same: merge" }).click();
        await toast(page, "is now part of");
        await pair.waitFor({ state: "detached" });
        await page.locator(".toast").getByRole("button", { name: "Undo" }).last().click();
        await toast(page, "Taken back");
        await pair.waitFor();
    });
}

async function testGap(page, site) {
    await test("story: a gap is taken up, a firm is invited, and the gap is won", async () => {
        await page.goto(site.address + "/desk/gaps?chain=clean-energy");
        const card = page.locator(".board-column li button").first();
        const name = await card.innerText();
        await card.click();
        const dialog = page.getByRole("dialog");
        await dialog.getByRole("button", { name: "I take care of it" }).click();
        await dialog.getByText("Li Na").waitFor();
        await dialog.getByLabel("Note").fill("met in Hannover");
        await dialog.getByRole("button", { name: "Save" }).click();
        await dialog.getByLabel("State", { exact: true }).selectOption("won");
        await toast(page, "Won");
        await checkAxe(page, site.axe);
        await page.screenshot({ path: join(pictures, "desk-story-gap.png") });
        await page.keyboard.press("Escape");
        const won = page.getByRole("region", { name: "Won" });
        await won.getByText(name).waitFor();
        await won.getByText("met in Hannover").waitFor();
        const list = await page.request.get(site.address + await page.getByRole("link", { name: "CSV" }).getAttribute("href"));
        assert.match(await list.text(), /^\uFEFF?organisation/);
    });
}

async function testStage(page, site) {
    await test("story: a stage is changed after its effect on the chains is seen", async () => {
        await page.goto(site.address + "/desk/chains/clean-energy");
        await page.getByRole("row", { name: /^Iron ore/ }).getByLabel(/^Stage/).selectOption("midstream");
        await page.getByRole("button", { name: "Show the effect" }).click();
        const effect = page.getByRole("status", { name: "What this would change" });
        await effect.getByText(/Iron ore.*Upstream → Midstream/).waitFor();
        await page.screenshot({ path: join(pictures, "desk-story-stage.png") });
        await checkAxe(page, site.axe);
        await page.getByRole("button", { name: "Save changes (1)" }).click();
        await toast(page, "Changes saved: 1");
        await page.reload();
        assert.equal(await page.getByRole("row", { name: /^Iron ore/ }).getByLabel(/^Stage/).inputValue(), "midstream");
    });
}

async function testDraft(page, site, accounts) {
    await test("story: two see each other at a record, and work left unsaved waits on the first page", async () => {
        const other = await openWindow(site, {}, [401, 403]);
        await firstSignIn(other.page, site, ORGANISER, accounts[ORGANISER]);
        await page.goto(site.address + "/desk/records/organisation?q=beta");
        await page.getByRole("link", { name: /Beta Bearings/ }).click();
        await page.getByLabel("Website").fill("https://beta.example");
        await page.getByText("Draft kept").waitFor();
        await other.page.goto(page.url());
        await other.page.getByText("Li Na has this open, too").waitFor();
        await page.goto(site.address + "/desk");
        await page.getByRole("link", { name: /Beta Bearings/ }).click();
        await page.getByText(/Your unsaved work/).waitFor();
        assert.equal(await page.getByLabel("Website").inputValue(), "https://beta.example");
        await page.getByRole("button", { name: "Save" }).click();
        await toast(page, "Saved");
        await other.context.close();
    });
}

async function testUndo(page, site) {
    await test("story: the whole import is taken back from the log, and what others did upon it is named", async () => {
        await page.goto(site.address + "/desk/log");
        await page.locator("tbody").getByRole("link", { name: /Import/ }).first().click();
        await page.getByRole("button", { name: "Undo" }).click();
        await page.getByRole("button", { name: "Undo now" }).click();
        /* Beta Bearings was changed since: nothing is taken back unseen. */
        await page.locator(".notice[role=alert]").waitFor();
        assert.match(await page.locator(".notice[role=alert]").innerText(), /was changed/);
    });
}

async function testBackup(page, site) {
    await test("story: a backup is taken while serving, checked, and put back as it was", async () => {
        await page.goto(site.address + "/desk/backup");
        await page.getByRole("button", { name: "Check now" }).click();
        await page.getByText(/Everything is whole/).waitFor();
        const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download the backup" }).click()]);
        const copy = join(site.folder, "copy.fairlead"), back = join(site.folder, "back.fairlead");
        await download.saveAs(copy);
        run("restore", copy, back);
        assert.ok(existsSync(back));
        const list = JSON.parse(run("user", back, "--format", "json"));
        assert.equal(JSON.stringify(list).includes(ADMIN), true);
        run("check", back);
    });
}

async function testNextEdition(page, site) {
    await test("story: the next edition is made from this one with its areas and pavilions, and the desk goes on there", async () => {
        await page.goto(site.address + "/desk/records/edition");
        await page.getByRole("link", { name: /2nd China/ }).click();
        await page.getByLabel("Code of the next edition").fill("2028");
        await page.getByLabel("pavilions").check();
        await page.getByRole("button", { name: "Roll over" }).click();
        await toast(page, "Edition 2028 is made");
        await page.goto(site.address + "/desk/records/area");
        await page.getByRole("link", { name: /Clean energy/i }).first().waitFor();
        assert.equal(await page.locator(".edition select").inputValue(), "2028");
    });
}

async function testPicture(page, site) {
    await test("story: a pavilion gets a picture with words for those who do not see it", async () => {
        await page.locator(".edition select").selectOption("2024");
        await page.goto(site.address + "/desk/records/pavilion");
        await page.locator("tbody a").first().click();
        const image = await page.screenshot({ type: "png" });
        await page.locator("input[type=file]").setInputFiles({ name: "stand.png", mimeType: "image/png", buffer: image });
        await page.getByLabel("What it shows, in English").fill("The stand");
        await page.getByRole("button", { name: "Add the picture" }).click();
        await toast(page, "Picture added: stand.png");
        await page.locator(".thumbs img").first().waitFor();
        await page.waitForFunction(() => [...document.querySelectorAll(".thumbs img")].every((i) => i.naturalWidth > 0));
        await checkAxe(page, site.axe);
    });
}

await withDesk(async (site, accounts) => {
    const { context, page, faults } = await openWindow(site, { acceptDownloads: true }, [401, 403, 409, 422]);
    await test("story: the first sign-in", () => firstSignIn(page, site, ADMIN, accounts[ADMIN]));
    await testImport(page, site);
    await testMerge(page, site);
    await testGap(page, site);
    await testStage(page, site);
    await testDraft(page, site, accounts);
    await testUndo(page, site);
    await testNextEdition(page, site);
    await testPicture(page, site);
    await testBackup(page, site);
    await test("story: nothing went wrong on the way", () => assert.deepEqual(faults, []));
    await context.close();
});
finish();
