/* The organiser's desk in Chromium: the way in, lists, forms, conflicts, history. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { finish, pictures, test } from "./harness.mjs";
import { PASSWORD, firstSignIn, openWindow, signIn, typeSignIn, withDesk } from "./desk.mjs";

const ADMIN = "admin@expo.example", ORGANISER = "organiser@expo.example";

async function testDoor(site, accounts) {
    await test("door: a wrong password is refused in words, and what was typed stays", async () => {
        const { context, page, faults } = await openWindow(site);
        await page.goto(site.address + "/desk");
        await typeSignIn(page, ADMIN, "not the right one");
        await page.getByRole("alert").getByText("do not go together").waitFor();
        assert.equal(await page.locator("input[name=email]").inputValue(), ADMIN);
        assert.deepEqual(faults, []);
        await context.close();
    });
    await test("door: many wrong passwords are slowed, with the seconds to wait, and the right one then works", async () => {
        const slowed = "slowed@expo.example";
        const { context, page } = await openWindow(site, {}, [401, 429]);
        await page.goto(site.address + "/desk");
        for (let n = 0; n < 8 && !(await page.getByText("Please wait").isVisible()); n++) {
            await typeSignIn(page, slowed, "wrong again and again");
            await page.getByRole("alert").first().waitFor();
            await page.waitForTimeout(100);
        }
        await page.getByText(/Please wait \d+ seconds/).waitFor();
        assert.equal(await page.locator("button[type=submit]").first().isDisabled(), true);
        await context.close();
    });
    await test("door: a one-time password leads to one of one's own and then to the desk", async () => {
        const { context, page, faults } = await openWindow(site, {}, [401, 403]);
        await firstSignIn(page, site, ADMIN, accounts[ADMIN]);
        await page.getByRole("heading", { name: "Today" }).waitFor();
        assert.deepEqual(faults, []);
        await context.storageState({ path: join(site.folder, "admin.json") });
        await context.close();
    });
    await test("door: after signing out the desk is closed", async () => {
        const { context, page } = await openWindow(site);
        await signIn(page, site, ADMIN);
        await page.getByRole("button", { name: "Sign out" }).click();
        await page.locator("input[name=password]").waitFor();
        await page.goto(site.address + "/desk/records/organisation");
        await page.locator("input[name=password]").waitFor();
        await context.close();
    });
}

/* A window that is signed in as the administrator. */
async function adminWindow(site, options = {}, allowed = [401]) {
    return openWindow(site, { storageState: join(site.folder, "admin.json"), ...options }, allowed);
}

async function testRecords(site) {
    await test("list: words, filters and pages stand in the address", async () => {
        const { context, page, faults } = await adminWindow(site);
        await page.goto(site.address + "/desk/records/organisation");
        await page.getByRole("table").waitFor();
        await page.getByLabel("Find").fill("bosch");
        await page.waitForURL(/q=bosch/);
        await page.getByRole("link", { name: /Bosch/ }).first().waitFor();
        await page.reload();
        assert.equal(await page.getByLabel("Find").inputValue(), "bosch");
        assert.deepEqual(faults, []);
        await context.close();
    });
    await test("list: the arrow keys move from row to row and Enter opens", async () => {
        const { context, page } = await adminWindow(site);
        await page.goto(site.address + "/desk/records/organisation");
        await page.locator("tbody a").first().focus();
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("ArrowDown");
        const third = await page.locator("tbody a").nth(2).textContent();
        assert.equal(await page.evaluate(() => document.activeElement.textContent), third);
        await page.keyboard.press("End");
        await page.keyboard.press("Home");
        await page.keyboard.press("Enter");
        await page.waitForURL(/records\/organisation\/\d+/);
        await context.close();
    });
    await test("form: a change is saved, told, undone from where it is told, and stands in the history", async () => {
        const { context, page, faults } = await adminWindow(site);
        await page.goto(site.address + "/desk/records/organisation?q=bosch");
        await page.getByRole("link", { name: /Bosch/ }).first().click();
        const website = page.getByLabel("Website");
        const before = await website.inputValue();
        await website.fill("https://www.example.com/new");
        await page.keyboard.press("Control+s");
        await page.locator(".toast").getByText("Saved").waitFor();
        await page.reload();
        assert.equal(await page.getByLabel("Website").inputValue(), "https://www.example.com/new");
        await page.getByLabel("Website").fill("https://www.example.com/newer");
        await page.getByRole("button", { name: "Save" }).click();
        await page.locator(".toast").getByRole("button", { name: "Undo" }).click();
        await page.locator(".toast").getByText("Taken back").waitFor();
        await page.waitForFunction(() => document.querySelector("input[name=website]")?.value === "https://www.example.com/new");
        await page.getByRole("link", { name: "History" }).click();
        await page.getByText("https://www.example.com/newer").first().waitFor();
        assert.notEqual(before, "https://www.example.com/new");
        assert.deepEqual(faults, []);
        await context.close();
    });
    await test("form: what is wrong is said at its field, and the focus goes there", async () => {
        const { context, page } = await adminWindow(site, {}, [401, 400, 422]);
        await page.goto(site.address + "/desk/records/organisation?q=bosch");
        await page.getByRole("link", { name: /Bosch/ }).first().click();
        await page.getByLabel("LEI").fill("not a LEI");
        await page.getByRole("button", { name: "Save" }).click();
        await page.locator("[aria-invalid=true]").waitFor();
        await page.waitForFunction(() => document.activeElement.getAttribute("name") === "lei");
        const id = await page.locator("input[name=lei]").getAttribute("aria-describedby");
        const words = await page.evaluate((ids) => ids.split(" ").map((i) => document.getElementById(i).textContent).join(" "), id);
        assert.match(words, /LEI|20|17442/);
        await page.getByRole("button", { name: "Discard changes" }).click();
        await page.locator("[aria-invalid=true]").waitFor({ state: "detached" });
        await context.close();
    });
    await test("form: a record is made, and deleted with what belongs to it said before", async () => {
        const { context, page } = await adminWindow(site, {}, [401, 409]);
        await page.goto(site.address + "/desk/records/organisation/new");
        await page.getByLabel("Name in English").fill("Test Valves Ltd");
        await page.getByLabel("Country or region", { exact: true }).fill("germ");
        await page.getByRole("option", { name: /Germany/ }).click();
        await page.getByRole("button", { name: "Create" }).click();
        await page.waitForURL(/records\/organisation\/\d+$/);
        await page.getByRole("heading", { name: "Test Valves Ltd" }).waitFor();
        assert.match(await page.getByLabel("Country or region", { exact: true }).inputValue(), /Germany/);
        await page.getByRole("button", { name: "Delete" }).click();
        await page.getByRole("dialog").getByRole("button", { name: "Delete now" }).click();
        await page.waitForURL(/records\/organisation$/);
        await page.locator(".toast").getByText("Deleted: Test Valves Ltd").waitFor();
        await context.close();
    });
}

async function testTogether(site, accounts) {
    await test("together: the same field changed by two is decided by a person, and nothing is lost", async () => {
        const first = await adminWindow(site, {}, [401, 409]);
        const second = await openWindow(site, {}, [401, 403, 409]);
        await firstSignIn(second.page, site, ORGANISER, accounts[ORGANISER]);
        const find = async (page) => {
            await page.goto(site.address + "/desk/records/organisation?q=bosch");
            await page.getByRole("link", { name: /Bosch/ }).first().click();
            await page.getByLabel("Website").waitFor();
        };
        await find(first.page);
        await find(second.page);
        await second.page.getByLabel("Website").fill("https://theirs.example");
        await second.page.getByRole("button", { name: "Save" }).click();
        await second.page.locator(".toast").getByText("Saved").waitFor();
        await first.page.getByLabel("Website").fill("https://yours.example");
        await first.page.getByRole("button", { name: "Save" }).click();
        const dialog = first.page.getByRole("dialog");
        await dialog.getByText("https://theirs.example").waitFor();
        assert.match(await dialog.innerText(), /Zhang Wei/);
        assert.equal(await dialog.getByRole("button", { name: "Save as chosen" }).isDisabled(), true);
        await first.page.screenshot({ path: join(pictures, "desk-conflict.png") });
        await dialog.getByRole("radio", { name: /Yours/ }).check();
        await dialog.getByRole("button", { name: "Save as chosen" }).click();
        await first.page.locator(".toast").getByText("Saved").waitFor();
        await first.page.reload();
        assert.equal(await first.page.getByLabel("Website").inputValue(), "https://yours.example");
        await first.page.getByRole("link", { name: "History" }).click();
        await first.page.getByText("https://theirs.example").first().waitFor();
        await first.context.close();
        await second.context.close();
    });
    await test("together: different fields changed by two are both kept, and that is said", async () => {
        const first = await adminWindow(site), second = await openWindow(site);
        await signIn(second.page, site, ORGANISER);
        for (const { page } of [first, second]) {
            await page.goto(site.address + "/desk/records/organisation?q=bosch");
            await page.getByRole("link", { name: /Bosch/ }).first().click();
            await page.getByLabel("Website").waitFor();
        }
        await second.page.getByLabel("Registration number").fill("HRB 14000");
        await second.page.getByRole("button", { name: "Save" }).click();
        await second.page.locator(".toast").getByText("Saved").waitFor();
        await first.page.getByLabel("Website").fill("https://both.example");
        await first.page.getByRole("button", { name: "Save" }).click();
        await first.page.locator(".toast").getByText(/Registration number/).waitFor();
        await first.page.waitForFunction(() => document.querySelector("input[name=registration]").value === "HRB 14000");
        await first.context.close();
        await second.context.close();
    });
}

async function testTrouble(site) {
    await test("trouble: a server that does not answer is told, and what is typed stays and can be sent again", async () => {
        const { context, page } = await adminWindow(site);
        await page.goto(site.address + "/desk/records/organisation?q=bosch");
        await page.getByRole("link", { name: /Bosch/ }).first().click();
        await page.getByLabel("Website").fill("https://offline.example");
        await context.setOffline(true);
        await page.getByRole("button", { name: "Save" }).click();
        await page.locator(".offline").waitFor();
        assert.equal(await page.getByLabel("Website").inputValue(), "https://offline.example");
        await context.setOffline(false);
        await page.locator(".offline").waitFor({ state: "detached", timeout: 20000 });
        await page.getByRole("button", { name: "Save" }).click();
        await page.locator(".toast").getByText("Saved").waitFor();
        await context.close();
    });
    await test("trouble: when the session ends, one signs in over the work and goes on", async () => {
        const { context, page } = await openWindow(site);
        await signIn(page, site, ADMIN, "/desk/records/organisation?q=bosch");
        await page.getByRole("link", { name: /Bosch/ }).first().click();
        await page.getByLabel("Website").fill("https://again.example");
        await context.clearCookies();
        await page.getByRole("button", { name: "Save" }).click();
        const dialog = page.getByRole("dialog", { name: "Your session has ended" });
        await dialog.locator("input[name=password]").fill(PASSWORD);
        await dialog.getByRole("button", { name: "Sign in" }).click();
        await page.locator(".toast").getByText("Saved").waitFor();
        await page.reload();
        assert.equal(await page.getByLabel("Website").inputValue(), "https://again.example");
        await context.close();
    });
}

async function testKeyboard(site) {
    const openPalette = async (page) => {
        await page.keyboard.press("Control+k");
        await page.locator("dialog input[role=combobox]:focus").waitFor();
    };
    await test("keyboard: from the palette to a page, a record and a new record, and the list of keys", async () => {
        const { context, page } = await adminWindow(site);
        await page.goto(site.address + "/desk");
        await page.getByRole("heading", { name: "Today" }).waitFor();
        await openPalette(page);
        await page.keyboard.type("exhibitors");
        await page.keyboard.press("Enter");
        await page.waitForURL(/records\/exhibitor$/);
        await openPalette(page);
        await page.keyboard.type("bosch");
        await page.getByRole("option", { name: /Bosch/ }).first().waitFor();
        await page.keyboard.press("Enter");
        await page.waitForURL(/records\/organisation\/\d+/);
        await openPalette(page);
        await page.keyboard.type("new organ");
        await page.keyboard.press("Enter");
        await page.waitForURL(/records\/organisation\/new/);
        await page.locator("h1").click();
        await page.keyboard.press("?");
        await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
        await page.keyboard.press("Escape");
        await page.getByRole("dialog").waitFor({ state: "detached" });
        await context.close();
    });
    await test("keyboard: a node is found by pinyin and chosen without a mouse", async () => {
        const { context, page } = await adminWindow(site);
        await page.goto(site.address + "/desk/records/statement/new");
        await page.getByLabel("Node").focus();
        await page.keyboard.type("guangfu zujian");
        await page.locator("[role=option]").first().waitFor();
        await page.keyboard.press("Enter");
        assert.match(await page.getByLabel("Node").inputValue(), /PV|photovoltaic/i);
        await context.close();
    });
}

await withDesk(async (site, accounts) => {
    await testDoor(site, accounts);
    await testRecords(site);
    await testTogether(site, accounts);
    await testTrouble(site);
    await testKeyboard(site);
});
finish();
