/* An invitation, from its link to the first sign-in: on a phone, with and without a script. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { finish, test, withSite } from "./harness.mjs";
import { PASSWORD, addAccount, openWindow } from "./desk.mjs";
import { source } from "../serve.mjs";
import { PHONE, checkAxe, stickingOut } from "./visit.mjs";

const ADMIN = "admin@expo.example", WANG = "wang@firm.example";
let oneTime, participant;

/* Runs a line of the helpers in ../desk.py, which reads and writes the file itself. */
function inPython(line, ...values) {
    const code = `import sys; sys.path.insert(0, ${JSON.stringify(join(source, "tests"))})\nimport desk\nprint(${line})`;
    return execFileSync("python3", ["-c", code, ...values], { encoding: "utf8" }).trim();
}

/* Speaks to the API from the page of who is signed in. */
async function api(page, method, path, body) {
    return page.evaluate(async ([method, path, body]) => {
        const session = await (await fetch("/api/v1/session")).json();
        const reply = await fetch(path, {
            method,
            headers: { "Content-Type": "application/json", "X-CSRF-Token": session.csrf ?? "" },
            body: body ? JSON.stringify(body) : undefined,
        });
        return { status: reply.status, body: await reply.json().catch(() => null) };
    }, [method, path, body]);
}

async function invite(site) {
    const { context, page } = await openWindow(site, {}, [401]);
    await page.goto(site.address + "/my/join");
    await page.evaluate(async ([email, password, chosen]) => {
        const post = (path, body, csrf) => fetch(path, {
            method: "POST", headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf ?? "" }, body: JSON.stringify(body),
        });
        const session = await (await post("/api/v1/session", { email, password })).json();
        await post("/api/v1/session/password", { old_password: password, new_password: chosen }, session.csrf);
    }, [ADMIN, oneTime, PASSWORD]);
    const made = await api(page, "POST", `/api/v1/my/participants/${participant}/invitations`, { role: "exhibitor-manager" });
    assert.equal(made.status, 201);
    await context.close();
    return new URL(made.body.secret);
}

await withSite(async (site) => {
    const link = await invite(site);
    const address = site.address + link.pathname + link.hash;
    await test("join: without a script the page says in both languages what it is", async () => {
        const { context, page } = await openWindow(site, { javaScriptEnabled: false, viewport: PHONE });
        await page.goto(address);
        await page.getByText("诚邀您代表贵单位参与供需对接").waitFor();
        await page.getByText("You are invited to act for your organisation").waitFor();
        assert.equal(await page.locator("#join").isVisible(), false);
        await context.close();
    });
    const { page, faults } = await openWindow(site, { viewport: PHONE }, [401]);
    await test("join: the page of an invitation is accessible and nothing sticks out of a phone", async () => {
        await page.goto(address);
        await page.locator("#join").waitFor();
        await checkAxe(page, site.axe);
        assert.deepEqual(await page.evaluate(stickingOut), []);
    });
    await test("join: who accepts by keyboard is told of a letter, and nothing else", async () => {
        await page.locator("input[name=email]").fill(WANG);
        await page.keyboard.press("Tab");
        await page.keyboard.type("Wang Fang");
        await page.keyboard.press("Enter");
        await page.locator("#join-sent").waitFor();
        assert.equal(await page.locator("#join").isVisible(), false);
        assert.equal((await api(page, "GET", "/api/v1/session")).status, 401);
    });
    await test("join: the letter lets in, to act for that participant alone", async () => {
        const secret = inPython("desk.letter_to(sys.argv[1], sys.argv[2])", site.database, WANG).split("#")[1];
        const entered = await api(page, "POST", "/api/v1/session/redeem", { token: secret, password: PASSWORD });
        assert.equal(entered.status, 200);
        const mine = await api(page, "GET", "/api/v1/my/participants");
        assert.deepEqual(mine.body.items.map((item) => [item.id, item.role]), [[participant, "exhibitor-manager"]]);
    });
    await test("join: the link works once, and one that never was says the same", async () => {
        for (const hash of [link.hash, "#" + "A".repeat(43)]) {
            await page.goto("about:blank");
            await page.goto(site.address + link.pathname + hash);
            await page.locator("input[name=email]").fill("li@firm.example");
            await page.locator("input[name=name]").fill("Li");
            await page.locator("#join button").click();
            await page.locator("#join-over").waitFor();
        }
        assert.deepEqual(faults, []);
    });
}, [], (database) => {
    oneTime = addAccount(database, ADMIN, "Li Na", "--role", "administrator");
    participant = Number(inPython("desk.add_participants(sys.argv[1], 1)[0]", database));
});
finish();
