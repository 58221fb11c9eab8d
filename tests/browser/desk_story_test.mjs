/*
 * The story of the organiser's desk, in one browser and one database: a messy list is imported with corrections, two firms are
 * merged, a gap is won, a stage is changed after its effect was seen, another organiser is met, everything is undone that should
 * be, and a backup is taken and put back.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { run, source } from "../serve.mjs";
import { finish, pictures, test } from "./harness.mjs";
import { firstSignIn, openWindow, withDesk } from "./desk.mjs";
import { checkAxe } from "./visit.mjs";

const ADMIN = "admin@expo.example", ORGANISER = "organiser@expo.example";

const SHEET = join(source, "data/sample/exhibitors_messy.csv");
/* What is wrong in the sheet (data/sample/messy_expected.json), and what somebody who asked the firm would write. */
const CORRECTIONS = [
    [33, "国家/地区", /unknown country or region "Atlantis"/, "Germany"],
    [51, "首次参展年份", /impossible year 20245/, "2024"],
    [68, "参展次数", /impossible number of times -3/, "2"],
    [86, "Company", /both names are empty/, "Example Frozen Foods"],
    [103, "供给节点", /Did you mean "bat.cell"/, "bat.cell"],
    [118, "展区", /unknown area "玩具链"/, "健康生活链"],
    [133, "主展商", /the lead exhibitor is neither/, "Siemens AG"],
    [147, "届次", /2021 is before the first edition/, "2024"],
];
/* A firm told twice: line 157 says DE, line 90 said the United States. */
const CONTRADICTION = [[157, "国家/地区", "US"], [157, "展区", "Advanced Manufacturing"]];
const PAIRS = [[/Tesla \(Shanghai\)/, "The same"], [/Maersk China/, "Different"], [/Ningde Times/, "Decide later"]];

async function toast(page, words) {
    await page.locator(".toast").getByText(words).first().waitFor();
}

/* The wizard has read the file as the last word told it. */
async function settled(page) {
    await page.locator(".wizard[aria-busy=false]").waitFor();
}

async function only(page, words) {
    await page.getByRole("button", { name: words }).click();
    await settled(page);
}

function cellOf(page, line, header) {
    return page.getByRole("textbox", { name: new RegExp(`^line ${line}, .*${header}`) });
}

async function drop(page, file) {
    const data = await page.evaluateHandle(([name, text]) => {
        const carried = new DataTransfer();
        carried.items.add(new File([text], name, { type: "text/csv" }));
        return carried;
    }, [basename(file), readFileSync(file, "utf8")]);
    for (const type of ["dragover", "drop"]) await page.locator(".drop").dispatchEvent(type, { dataTransfer: data });
}

async function testReading(page, site) {
    await test("story: a messy sheet is dropped, and how it was read is said", async () => {
        await page.goto(site.address + "/desk/import");
        await drop(page, SHEET);
        await page.waitForURL(/desk\/import\/\d+/);
        assert.equal(await page.getByLabel("Text encoding").inputValue(), "UTF-8");
        assert.equal(await page.getByLabel("Separator").inputValue(), ",");
        const means = (header) => page.getByRole("combobox", { name: new RegExp(`Means: .*${header}`) });
        assert.equal(await means("参展企业").inputValue(), "name_zh");
        assert.equal(await means("供给节点").inputValue(), "offers_nodes");
        assert.equal(await means("序号").inputValue(), "ignore");
        await means("资料来源").selectOption("ignore");
        await settled(page);
        assert.equal(await means("资料来源").inputValue(), "ignore");
        await checkAxe(page, site.axe);
    });
}

async function testMending(page, site) {
    await test("story: each fault stands at its cell with what to write, and is gone when it is mended", async () => {
        await page.getByRole("button", { name: "Look at the rows" }).click();
        await settled(page);
        assert.equal(await page.getByRole("button", { name: /^Take over/ }).isDisabled(), true);
        await only(page, /^wrong 8$/);
        await page.screenshot({ path: join(pictures, "desk-story-import.png") });
        await checkAxe(page, site.axe);
        for (const [line, header, fault] of CORRECTIONS) {
            const cell = cellOf(page, line, header);
            assert.equal(await cell.getAttribute("aria-invalid"), "true", `line ${line}`);
            assert.match(await page.locator(`#${await cell.getAttribute("aria-describedby")}`).innerText(), fault);
        }
        /* As fast as one can type: no correction waits for the one before it. */
        for (const [line, header, , value] of CORRECTIONS) {
            await cellOf(page, line, header).fill(value);
            await cellOf(page, line, header).press("Enter");
        }
        /* One correction asks for another: what the firm says of itself must agree. */
        const year = cellOf(page, 147, "首次参展年份");
        await page.locator("p.fault").getByText("the first edition listed is 2024").waitFor();
        await year.fill("2024");
        await year.press("Enter");
        await page.getByText("No row is wrong").waitFor();
        await settled(page);
        await only(page, /^contradicts another row 2$/);
        for (const [line, header, value] of CONTRADICTION) {
            await cellOf(page, line, header).fill(value);
            await cellOf(page, line, header).press("Enter");
        }
        await page.getByRole("button", { name: /^contradicts another row 1$/ }).waitFor();
    });
}

async function testTakeOver(page, site) {
    await test("story: doubtful rows are decided as the same, different or later, and the sheet is taken over", async () => {
        await page.getByRole("button", { name: /^3\. Known already/ }).click();
        await settled(page);
        await checkAxe(page, site.axe);
        for (const [name, answer] of PAIRS)
            await page.getByRole("row", { name }).getByRole("radio", { name: answer }).first().check();
        await settled(page);
        await page.getByRole("button", { name: /^2\. Rows and faults/ }).click();
        await only(page, /^All rows/);
        await page.getByRole("button", { name: /^Take over \d+ rows/ }).click();
        await toast(page, "Taken over");
        await page.locator(".notice").getByText("Taken over").waitFor();
        for (const [words, count] of [["Example Frozen Foods", 1], ["Example Bearing Works", 1], ["Maersk China", 1], ["Tesla (Shanghai)", 0]]) {
            const query = `/api/v1/records/organisation?${new URLSearchParams({ q: words })}`;
            const { items } = await (await page.request.get(site.address + query)).json();
            const standing = items.filter((o) => o.label.en.includes(words) && o.values.merged_into === null);
            assert.equal(standing.length, count, words);
        }
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
        await page.goto(site.address + "/desk/records/organisation?q=example%20bearing");
        await page.getByRole("link", { name: /Example Bearing/ }).click();
        await page.getByLabel("Website").fill("https://beta.example");
        await page.getByText("Draft kept").waitFor();
        await other.page.goto(page.url());
        await other.page.getByText("Li Na has this open, too").waitFor();
        await page.goto(site.address + "/desk");
        await page.getByRole("link", { name: /Example Bearing/ }).click();
        await page.getByText(/Your unsaved work/).waitFor();
        assert.equal(await page.getByLabel("Website").inputValue(), "https://beta.example");
        await other.page.getByLabel("Website").fill("https://other.example");
        await other.page.getByRole("button", { name: "Save" }).click();
        await toast(other.page, "Saved");
        await other.context.close();
    });
    await test("story: the same field was changed by both; both texts are seen, and one is chosen", async () => {
        await page.getByRole("button", { name: "Save" }).click();
        const dialog = page.getByRole("dialog", { name: "Somebody else changed the same fields" });
        for (const text of ["https://other.example", "https://beta.example", "Zhang Wei"])
            await dialog.getByText(text).first().waitFor();
        await checkAxe(page, site.axe);
        await dialog.getByRole("radio", { name: /Yours/ }).check();
        await dialog.getByRole("button", { name: "Save as chosen" }).click();
        await toast(page, "Saved");
        await page.reload();
        assert.equal(await page.getByLabel("Website").inputValue(), "https://beta.example");
    });
}

async function undoImport(page, site) {
    await page.goto(site.address + "/desk/log");
    await page.locator("tbody").getByRole("link", { name: /Import/ }).first().click();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("button", { name: "Undo now" }).click();
}

async function testUndo(page, site) {
    await test("story: the whole import is not taken back over what others did upon it", async () => {
        await undoImport(page, site);
        await page.locator(".notice[role=alert]").getByText(/was changed/).waitFor();
    });
    await test("story: with the edits taken back one by one the import is taken back, too, and nothing of it is left", async () => {
        await page.goto(site.address + "/desk/records/organisation?q=example%20bearing");
        await page.getByRole("link", { name: /Example Bearing/ }).click();
        await page.getByRole("link", { name: "History" }).click();
        for (const by of ["Li Na", "Zhang Wei"]) {
            const line = page.locator("li.change").filter({ hasText: "Website" }).filter({ hasText: by }).last();
            await line.getByRole("button", { name: "Undo" }).click();
            await line.getByRole("button", { name: "Undo now" }).click();
            await line.getByText(/Taken back by change no/).waitFor();
        }
        await undoImport(page, site);
        await toast(page, "Taken back");
        await page.getByText(/Taken back by change no/).waitFor();
        await page.goto(site.address + "/desk/records/organisation?q=example%20bearing");
        await page.getByText("Nothing is found").waitFor();
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
        run("check", back);
        const editions = ["2023", "2024", "2025", "2026", "2028"].map((code) => ["export", "--as", "edition", "--edition", code]);
        for (const [name, ...options] of [["log", "--limit", "100000"], ["user"], ["duplicates"], ["export", "--as", "catalogue"], ...editions]) {
            const more = name === "export" ? [...options, "--format", "json"] : options, said = run(name, back, ...more);
            assert.ok(said.length > 10, `${name} ${more.join(" ")}`);
            assert.equal(said, run(name, site.database, ...more), `${name} ${more.join(" ")}`);
        }
    });
}

async function testNextEdition(page, site) {
    await test("story: the next edition is made from this one with its areas and pavilions, and the desk goes on there", async () => {
        await page.goto(site.address + "/desk/records/edition");
        await page.getByRole("link", { name: /2nd China/ }).click();
        await page.getByLabel("Code of the next edition").fill("2028");
        await page.getByRole("checkbox", { name: "pavilions" }).check();
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
    await testReading(page, site);
    await testMending(page, site);
    await testTakeOver(page, site);
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
