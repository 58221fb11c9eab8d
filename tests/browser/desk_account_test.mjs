/* Accounts at the desk: in by a link from a mail, tokens and sessions made and ended, an account made and its person erased. */
import assert from "node:assert/strict";
import { finish, test, withSite } from "./harness.mjs";
import { PASSWORD, addAccount, firstSignIn, linkFor, openWindow, signIn } from "./desk.mjs";
import { checkAxe } from "./visit.mjs";

const ADMIN = "admin@expo.example", ORGANISER = "organiser@expo.example";
const NEWCOMER = "newcomer@expo.example", NEWCOMER_NAME = "Chen Newcomer";

/* Asks at the door; the address in the letter. */
async function askForLink(page, site, purpose) {
    await page.goto(site.address + "/desk");
    await page.getByText("No password at hand?").click();
    const form = page.locator("details form");
    await form.getByLabel("Email").fill(ORGANISER);
    await form.getByRole("button", { name: "Send the link" }).click();
    await page.getByText(`If ${ORGANISER} is the address of an account`).waitFor();
    return (await linkFor(site, ORGANISER, `/desk/link?purpose=${purpose}#`)).href;
}

async function testLink(site) {
    const { context, page, faults } = await openWindow(site, {}, [401, 403, 404, 410, 422]);
    await test("account: who has lost the one-time password gets a link to choose a password of one's own", async () => {
        await page.goto(await askForLink(page, site, "set-password"));
        for (const name of ["new-password", "new-password-again"]) await page.locator(`input[name=${name}]`).fill(PASSWORD);
        await page.locator("button[type=submit]").click();
        await page.getByRole("banner").getByText("Zhang Wei").waitFor();
        await context.clearCookies();
    });
    await test("account: a link asked for at the door arrives by mail, lets in once, and never again", async () => {
        const address = await askForLink(page, site, "sign-in");
        await checkAxe(page, site.axe);
        await page.goto(address);
        await page.getByRole("button", { name: "Sign in" }).click();
        await page.getByRole("banner").getByText("Zhang Wei").waitFor();
        await context.clearCookies();
        await page.goto("about:blank");
        await page.goto(address);
        await page.getByRole("button", { name: "Sign in" }).click();
        await page.getByRole("alert").first().waitFor();
        assert.equal(await page.locator(".desk-nav").count(), 0);
        assert.deepEqual(faults, []);
    });
    await context.close();
}

async function testToken(page, site) {
    await test("account: a token is shown once, reads and does not write, and is refused once it is revoked", async () => {
        await page.goto(site.address + "/desk/me");
        await page.getByLabel("What it is for").fill("wall screen");
        await page.getByRole("button", { name: "Make a token" }).click();
        const token = await page.locator("code.secret").innerText();
        const call = (method, path, body) =>
            fetch(site.address + path, { method, body, headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" } });
        const operation = JSON.stringify({ operations: [{ op: "create", table: "organisation", values: { name_en: "By a token" } }] });
        assert.equal((await call("GET", "/api/v1/records/organisation?limit=1")).status, 200);
        assert.equal((await call("POST", "/api/v1/changes", operation)).status, 403);
        await page.reload();
        const row = page.getByRole("row", { name: /wall screen/ });
        await row.waitFor();
        assert.equal(await page.locator("code.secret").count(), 0);
        await row.getByRole("button", { name: "Revoke" }).click();
        await row.getByText("revoked").waitFor();
        assert.equal((await call("GET", "/api/v1/records/organisation?limit=1")).status, 401);
        await checkAxe(page, site.axe);
    });
}

async function testSessions(page, site) {
    await test("account: a session elsewhere is seen and ended, and its browser is at the door", async () => {
        const other = await openWindow(site, { userAgent: "Lost laptop" });
        await signIn(other.page, site, ADMIN);
        await page.goto(site.address + "/desk/me");
        const row = page.getByRole("row", { name: /Lost laptop/ });
        await row.getByRole("button", { name: "End" }).click();
        await row.waitFor({ state: "detached" });
        assert.equal(await page.getByRole("row").filter({ hasText: "this one" }).count(), 1);
        await other.page.reload();
        await other.page.locator("input[name=password]").waitFor();
        await other.context.close();
    });
}

async function testAccounts(page, site) {
    let link = "";
    await test("account: a new account is made with a role, and its link lets its owner choose a password", async () => {
        await page.goto(site.address + "/desk/accounts");
        await page.getByRole("button", { name: "New account" }).click();
        const dialog = page.getByRole("dialog");
        await dialog.getByLabel("Email").fill(NEWCOMER);
        await dialog.getByLabel("Name").fill(NEWCOMER_NAME);
        assert.equal(await dialog.getByRole("button", { name: "Create" }).isDisabled(), true);
        await dialog.getByRole("combobox", { name: "Role" }).selectOption("reader");
        await dialog.getByRole("button", { name: "Add role" }).click();
        await dialog.getByRole("button", { name: "Create" }).click();
        link = await dialog.locator("code.secret").innerText();
        await checkAxe(page, site.axe);
        await page.keyboard.press("Escape");
        const at = new URL(link, site.address);
        const other = await openWindow(site, {}, [401]);
        await other.page.goto(site.address + at.pathname + at.search + at.hash);
        for (const name of ["new-password", "new-password-again"]) await other.page.locator(`input[name=${name}]`).fill(PASSWORD);
        await other.page.locator("button[type=submit]").click();
        await other.page.locator(".desk-nav").waitFor();
        await other.page.goto(site.address + "/desk/records/organisation");
        await other.page.getByRole("table").waitFor();
        assert.equal(await other.page.getByRole("link", { name: "New organisation" }).count(), 0);
        await other.page.context().close();
    });
    await test("account: a person is erased for good: no name, no address, no way in", async () => {
        await page.getByRole("button", { name: NEWCOMER_NAME }).click();
        const dialog = page.getByRole("dialog");
        await dialog.getByRole("button", { name: "Erase the person" }).click();
        await dialog.getByText("Name and address are emptied here and in the log").waitFor();
        await checkAxe(page, site.axe);
        await dialog.getByRole("button", { name: "Erase for good" }).click();
        await dialog.waitFor({ state: "detached" });
        await page.getByRole("row").filter({ hasText: "erased" }).waitFor();
        await page.reload();
        await page.getByRole("row").filter({ hasText: "erased" }).waitFor();
        assert.doesNotMatch(await page.locator("main").innerText(), /newcomer/i);
        const other = await openWindow(site, {}, [401]);
        await other.page.goto(site.address + "/desk");
        await other.page.locator("input[name=email]").fill(NEWCOMER);
        await other.page.locator("input[name=password]").fill(PASSWORD);
        await other.page.locator("button[type=submit]").first().click();
        await other.page.getByRole("alert").getByText("do not go together").waitFor();
        await other.context.close();
    });
}

async function testSuggestions(page, site) {
    await test("exhibitor: nodes read out of its texts are suggested, confirmed, and count as confirmed", async () => {
        const find = async (q) => (await (await page.request.get(site.address + q)).json()).items;
        const exhibitor = (await find("/api/v1/records/exhibitor?q=corning&limit=1"))[0];
        await page.goto(site.address + `/desk/records/exhibitor/${exhibitor.id}`);
        const part = page.locator("section").filter({ has: page.getByRole("heading", { name: "Nodes in its texts" }) });
        await part.getByRole("button", { name: "Read the texts" }).click();
        const open = part.locator("input[type=checkbox]:enabled").first();
        await open.waitFor();
        const name = await part.locator("li").filter({ has: page.locator("input:enabled") }).first().locator("bdi").innerText();
        await checkAxe(page, site.axe);
        await open.check();
        await part.getByRole("button", { name: "Confirm 1" }).click();
        await page.locator(".toast").getByText("1 offers confirmed").waitFor();
        await part.getByRole("listitem").filter({ hasText: name }).getByText("stands in the register already").waitFor();
        const stated = await find(`/api/v1/records/statement?where=exhibitor_id:${exhibitor.id}&limit=500`);
        const made = stated.filter((s) => s.values.side === "offer" && s.values.basis === "confirmed");
        assert.deepEqual(made.map((s) => s.labels.node_id.en), [name]);
    });
}

const accounts = {};
await withSite(async (site) => {
    const { context, page, faults } = await openWindow(site, {}, [401, 403]);
    await firstSignIn(page, site, ADMIN, accounts[ADMIN]);
    await testLink(site);
    await testToken(page, site);
    await testSessions(page, site);
    await testAccounts(page, site);
    await testSuggestions(page, site);
    await test("account: nothing went wrong on the way", () => assert.deepEqual(faults, []));
    await context.close();
}, [], (database) => {
    accounts[ADMIN] = addAccount(database, ADMIN, "Li Na", "--role", "administrator");
    addAccount(database, ORGANISER, "Zhang Wei", "--role", "organiser");
});
finish();
