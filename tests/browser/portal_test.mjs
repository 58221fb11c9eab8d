/* The portal from the invitation to the sign-out: who is led where, persons, consents, the own account; every screen from all sides. */
import assert from "node:assert/strict";
import { PASSWORD, linkFor, openWindow, typeSignIn } from "./desk.mjs";
import { finish, test } from "./harness.mjs";
import { ADMIN, Caller, checkPortal, joinAs, takePart, withPortal } from "./portal.mjs";
import { PHONE } from "./visit.mjs";

const WANG = "wang@catl.example", LI = "li@catl.example", BOTH = "both@firm.example";

async function testDoor(site, admin, firm) {
    const { context, page, faults } = await openWindow(site, { viewport: PHONE, locale: "zh-CN" }, [401]);
    await test("portal: the letter of an invitation leads a person of a firm through a password into /my", async () => {
        const link = new URL((await admin.wanted("POST", `my/participants/${firm}/invitations`, { role: "exhibitor-manager" })).secret);
        await page.goto(site.address + link.pathname + link.hash);
        await page.locator("input[name=email]").fill(WANG);
        await page.locator("input[name=name]").fill("王芳");
        await page.locator("#join button").click();
        await page.locator("#join-sent").waitFor();
        await page.goto((await linkFor(site, WANG, "/my/link?purpose=set-password#")).href);
        await page.locator("input[name=new-password]").fill(PASSWORD);
        await page.locator("input[name=new-password-again]").fill(PASSWORD);
        await page.getByRole("button", { name: "设置密码" }).click();
        await page.locator(".portal-nav").waitFor();
        assert.equal(new URL(page.url()).pathname, "/my");
        assert.equal(await page.locator(".portal .mine bdi").textContent(), "宁德时代");
    });
    await test("portal: whose only roles are those of exhibitors is led from the desk to the portal", async () => {
        await page.goto(site.address + "/desk/log");
        await page.waitForURL(site.address + "/my");
        await page.locator(".portal-nav").waitFor();
    });
    await test("portal: an organiser's link leads to the desk, also when it is opened in the portal", async () => {
        const other = await openWindow(site, {}, [401]);
        await new Caller(site).wanted("POST", "session/link", { email: ADMIN });
        const letter = await linkFor(site, ADMIN, "/desk/link?purpose=sign-in#");
        await other.page.goto(`${site.address}/my/link${letter.search}${letter.hash}`);
        await other.page.getByRole("button", { name: "Sign in" }).click();
        await other.page.locator(".desk-nav").waitFor();
        await other.page.goto(site.address + "/my");
        await other.page.getByRole("heading", { name: "You act for no organisation" }).waitFor();
        assert.deepEqual(other.faults, []);
        await other.context.close();
    });
    assert.deepEqual(faults, []);
    return { context, page, faults };
}

async function testPeople(site, page) {
    await test("portal: a manager invites by link, shows its QR code, and takes the invitation back", async () => {
        await page.goto(site.address + "/my/people");
        await page.getByRole("button", { name: "生成链接和二维码" }).click();
        await page.getByRole("img", { name: "邀请链接二维码" }).waitFor();
        assert.match(await page.locator(".made .secret").textContent(), /\/my\/join#[\w-]{43}$/);
        assert.match(await page.locator(".made path").getAttribute("d"), /^M/);
        await page.getByRole("button", { name: "撤回" }).click();
        await page.getByRole("button", { name: "确认撤回" }).click();
        await page.getByText("邀请已撤回，原链接已失效。").first().waitFor();
        await page.getByRole("heading", { name: "待接受的邀请" }).waitFor({ state: "detached" });
    });
    await test("portal: a letter invites a colleague, who answers as a member and invites nobody", async () => {
        await page.getByLabel("同事的邮箱").fill(LI);
        await page.keyboard.press("Enter");
        await page.getByText(`邀请邮件将发送至 ${LI}`).waitFor();
        const letter = await linkFor(site, LI, "/my/join#"), li = new Caller(site);
        await li.wanted("POST", "session/join", { token: letter.hash.slice(1), email: LI, name: "Li Qiang", language: "en" });
        const entry = await linkFor(site, LI, "/my/link?purpose=set-password#");
        await li.wanted("POST", "session/redeem", { token: entry.hash.slice(1), password: PASSWORD });
        const opened = await li.open();
        await opened.page.goto(site.address + "/my/people");
        await opened.page.getByText("Li Qiang").first().waitFor();
        await opened.page.getByText("王芳").waitFor();
        assert.equal(await opened.page.getByRole("button", { name: /Remove|Send by mail/ }).count(), 0);
        await test("portal: a member leaves by itself, a manager is told who does it", async () => {
            await opened.page.goto(site.address + "/my/me");
            await opened.page.getByRole("button", { name: /^Leave: / }).click();
            await opened.page.getByRole("button", { name: /^Leave now: / }).click();
            await opened.page.getByText("You no longer act for CATL.").first().waitFor();
            await opened.page.goto(site.address + "/my");
            await opened.page.getByRole("heading", { name: "You act for no organisation" }).waitFor();
            await page.goto(site.address + "/my/me");
            await page.getByText("您是管理员，如需退出").waitFor();
            assert.equal(await page.getByRole("button", { name: /退出：/ }).count(), 0);
        });
        assert.deepEqual(opened.faults, []);
        await opened.context.close();
    });
    await test("portal: a manager removes a colleague after being asked twice", async () => {
        await page.goto(site.address + "/my/people");
        await page.getByText("朱敏").waitFor();
        await page.getByRole("button", { name: "移除：朱敏" }).click();
        await page.getByRole("button", { name: "取消" }).click();
        await page.getByRole("button", { name: "移除：朱敏" }).click();
        await page.getByRole("button", { name: "确认移除：朱敏" }).click();
        await page.getByText("朱敏 已不再代表贵单位。").first().waitFor();
        await page.getByText("朱敏", { exact: true }).waitFor({ state: "detached" });
    });
}

async function testConsents(site, page) {
    await test("portal: consents are given and taken back one by one by keyboard, none beforehand", async () => {
        await page.goto(site.address + "/my/allow");
        const boxes = page.locator("input[type=checkbox]");
        await boxes.first().waitFor();
        assert.deepEqual(await boxes.evaluateAll((all) => all.map((b) => b.checked)), [false, false, false]);
        await boxes.first().focus();
        await page.keyboard.press("Space");
        await page.getByText(/起授权$/).waitFor();
        await page.reload();
        await boxes.first().waitFor();
        assert.deepEqual(await boxes.evaluateAll((all) => all.map((b) => b.checked)), [true, false, false]);
        await boxes.first().focus();
        await page.keyboard.press("Space");
        await page.getByText(/起授权$/).waitFor({ state: "detached" });
    });
}

async function testChoice(site, admin, firms) {
    await test("portal: who acts for several organisations chooses, and is there again next time", async () => {
        const both = await joinAs(site, admin, firms[0], "exhibitor-manager", BOTH, "Bo Lin", "en");
        const link = new URL((await admin.wanted("POST", `my/participants/${firms[1]}/invitations`, { role: "exhibitor-member" })).secret);
        await new Caller(site).wanted("POST", "session/join", { token: link.hash.slice(1), email: BOTH, name: "Bo", language: "en" });
        const { context, page, faults } = await both.open();
        await page.goto(site.address + "/my/people");
        await page.getByRole("heading", { name: "For whom do you act now?" }).waitFor();
        await page.getByRole("button", { name: /Qualcomm/ }).click();
        await page.getByText("Managers invite and remove people.").waitFor();
        await page.reload();
        await page.locator("label.mine select").selectOption({ index: 0 });
        await page.getByRole("heading", { name: "Invite a colleague" }).waitFor();
        assert.deepEqual(faults, []);
        await context.close();
    });
}

await withPortal(async (site, admin) => {
    const catl = await takePart(admin, "CATL"), qualcomm = await takePart(admin, "Qualcomm");
    const { page, context, faults } = await testDoor(site, admin, catl);
    await joinAs(site, admin, catl, "exhibitor-member", "zhu@catl.example", "朱敏");
    await testPeople(site, page);
    await testConsents(site, page);
    await testChoice(site, admin, [catl, qualcomm]);
    await test("portal: signing out ends at the door", async () => {
        const leaving = await openWindow(site, {}, [401]);
        await leaving.page.goto(site.address + "/my/me");
        await typeSignIn(leaving.page, WANG, PASSWORD);
        await leaving.page.getByRole("button", { name: /Sign out|退出登录/ }).click();
        await leaving.page.locator("input[name=email]").waitFor();
        await leaving.context.close();
    });
    assert.deepEqual(faults, []);
    const storage = await context.storageState();
    await context.close();
    await checkPortal(site, storage, "people", "/my/people", ".rows");
    await checkPortal(site, storage, "allow", "/my/allow", ".rows");
    await checkPortal(site, storage, "me", "/my/me", ".rows");
    await checkPortal(site, { cookies: [], origins: [] }, "door", "/my", "form", [401]);
});
finish();
