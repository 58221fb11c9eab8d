/*
 * The main path of the organiser's desk by keyboard alone: signing in, an import with corrections, a gap won, a stage changed,
 * a conflict, undo. A pointer used anywhere, a control that Tab does not reach, a focus that cannot be seen or is lost fails.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { source } from "../serve.mjs";
import { finish, test } from "./harness.mjs";
import { PASSWORD, firstSignIn, openWindow, withDesk } from "./desk.mjs";
import { enter, keepsPlace, tabTo, typeInto, usedPointer, watchPointers } from "./keys.mjs";

const ADMIN = "admin@expo.example", ORGANISER = "organiser@expo.example";
const SHEET = join(source, "data/sample/exhibitors_messy.csv");

async function toast(page, words) {
    await page.locator(".toast").getByText(words).first().waitFor();
}

/* To a page or a record by the letters of its name. */
async function jump(page, words, option) {
    await page.keyboard.press("Control+k");
    await page.locator("dialog input[role=combobox]:focus").waitFor();
    await page.keyboard.type(words);
    await page.locator("[role=option][aria-selected=true]").filter({ hasText: option }).waitFor();
    await page.keyboard.press("Enter");
    await page.locator("dialog").waitFor({ state: "detached" });
}

async function testDoor(page, site, oneTime) {
    await test("keyboard: the first sign-in, and the place is on the desk after it", async () => {
        await page.goto(site.address + "/desk");
        await typeInto(page, page.locator("input[name=email]"), ADMIN);
        await page.keyboard.press("Tab");
        await page.keyboard.type(oneTime);
        await page.keyboard.press("Enter");
        await typeInto(page, page.locator("input[name=old-password]"), oneTime);
        for (const name of ["new-password", "new-password-again"]) await typeInto(page, page.locator(`input[name=${name}]`), PASSWORD);
        await page.keyboard.press("Enter");
        await page.locator(".desk-nav").waitFor();
        await page.getByRole("heading", { name: "Today" }).waitFor();
        await keepsPlace(page);
    });
}

async function testImport(page) {
    await test("keyboard: a sheet is brought, mended cell by cell with the place kept, and taken over", async () => {
        await enter(page, page.locator(".desk-nav").getByRole("link", { name: "Import" }));
        await tabTo(page, page.locator("input[type=file]"));
        /* The browser hands choosers over once it was told to: the question makes sure that it was. */
        const chosen = page.waitForEvent("filechooser");
        await page.evaluate(() => document.readyState);
        await page.keyboard.press("Enter");
        const chooser = await chosen;
        await chooser.setFiles(SHEET);
        await page.waitForURL(/desk\/import\/\d+/);
        await enter(page, page.getByRole("button", { name: "Look at the rows" }));
        await enter(page, page.getByRole("button", { name: /^wrong 8$/ }));
        await page.getByRole("textbox", { name: /^line 33, / }).first().waitFor();
        for (const [line, header, text, left] of [[33, "国家/地区", "Germany", 7], [51, "首次参展年份", "2024", 6]]) {
            await typeInto(page, page.getByRole("textbox", { name: new RegExp(`^line ${line}, .*${header}`) }), text);
            await page.keyboard.press("Enter");
            await page.getByRole("button", { name: `wrong ${left}`, exact: true }).waitFor();
            await page.locator(".wizard[aria-busy=false]").waitFor();
            await keepsPlace(page);
            assert.match(await page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? ""), new RegExp(header));
        }
        await tabTo(page, page.getByRole("checkbox", { name: /leave out the 6 wrong rows/ }));
        await page.keyboard.press("Space");
        await page.locator(".wizard[aria-busy=false]").waitFor();
        await enter(page, page.getByRole("button", { name: /^Take over \d+ rows/ }));
        await toast(page, "Taken over");
        await keepsPlace(page);
    });
}

async function testWork(page) {
    await test("keyboard: a gap is taken and won, and its dialog gives the place back", async () => {
        await jump(page, "gap board", "Gap board");
        await page.waitForURL(/desk\/gaps/);
        await enter(page, page.locator(".board-column li button").first());
        const dialog = page.getByRole("dialog");
        await enter(page, dialog.getByRole("button", { name: "I take care of it" }));
        await dialog.getByText("Li Na").waitFor();
        await keepsPlace(page);
        await tabTo(page, dialog.getByLabel("State", { exact: true }));
        await page.keyboard.type("Won");
        await toast(page, "Won");
        await page.keyboard.press("Escape");
        await dialog.waitFor({ state: "detached" });
        await keepsPlace(page);
    });
    await test("keyboard: a stage is changed after its effect is seen", async () => {
        await jump(page, "clean energy", /Clean energy/);
        await page.waitForURL(/desk\/(chains\/clean-energy|records\/chain)/);
        await tabTo(page, page.getByRole("row", { name: /^Iron ore/ }).getByLabel(/^Stage/));
        await page.keyboard.type("Mid");
        /* From a long table to what stands below it: to the name in the row, to the last row, and on. */
        await page.keyboard.press("Shift+Tab");
        await page.keyboard.press("End");
        await enter(page, page.getByRole("button", { name: "Show the effect" }));
        await page.getByRole("status", { name: "What this would change" }).getByText(/Iron ore.*Upstream → Midstream/).waitFor();
        await page.keyboard.press("Control+s");
        await toast(page, "Changes saved: 1");
        await keepsPlace(page);
    });
}

async function testTogether(page, site, oneTime) {
    await test("keyboard: a conflict is seen and decided, and the place is in the form after it", async () => {
        const other = await openWindow(site, {}, [401, 403]);
        await firstSignIn(other.page, site, ORGANISER, oneTime);
        await jump(page, "example bearing", "Example Bearing Works");
        await page.waitForURL(/records\/organisation\/\d+/);
        await typeInto(page, page.getByLabel("Website"), "https://yours.example");
        await page.getByText("Draft kept").waitFor();
        await other.page.goto(page.url());
        await other.page.getByLabel("Website").fill("https://theirs.example");
        await other.page.getByRole("button", { name: "Save" }).click();
        await toast(other.page, "Saved");
        await other.context.close();
        await page.keyboard.press("Control+s");
        const dialog = page.getByRole("dialog", { name: "Somebody else changed the same fields" });
        await dialog.getByText("https://theirs.example").waitFor();
        await tabTo(page, dialog.getByRole("radio", { name: /Theirs/ }));
        await page.keyboard.press("ArrowDown");
        assert.equal(await dialog.getByRole("radio", { name: /Yours/ }).isChecked(), true);
        await enter(page, dialog.getByRole("button", { name: "Save as chosen" }));
        await toast(page, "Saved");
        await keepsPlace(page);
    });
    await test("keyboard: what was saved is taken back from the message that says so", async () => {
        await enter(page, page.locator(".toast").getByRole("button", { name: "Undo" }).last());
        await toast(page, "Taken back");
        await keepsPlace(page);
        await page.waitForFunction(() => document.querySelector("input[name=website]")?.value === "https://theirs.example");
    });
    await test("keyboard: undo of an import asks first, and its refusal is where one is", async () => {
        await jump(page, "change log", "Change log");
        await enter(page, page.locator("tbody").getByRole("link", { name: /Import/ }).first());
        await enter(page, page.locator("#content").getByRole("button", { name: "Undo" }));
        await page.getByRole("button", { name: "Undo now" }).waitFor();
        await keepsPlace(page);
        await enter(page, page.getByRole("button", { name: "Undo now" }));
        await page.locator(".notice[role=alert]").getByText(/was changed/).waitFor();
        await keepsPlace(page);
    });
}

await withDesk(async (site, accounts) => {
    const { context, page, faults } = await openWindow(site, {}, [401, 403, 409, 422]);
    await watchPointers(context);
    await testDoor(page, site, accounts[ADMIN]);
    await testImport(page);
    await testWork(page);
    await testTogether(page, site, accounts[ORGANISER]);
    await test("keyboard: no pointer was used, and nothing went wrong on the way", async () => {
        assert.equal(await usedPointer(page), false);
        assert.deepEqual(faults, []);
    });
    await context.close();
});
finish();
