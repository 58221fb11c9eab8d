/* Partners in two browsers: asked for by hand, put off, declined and taken back, accepted by both, contact persons, withdrawn. */
import assert from "node:assert/strict";
import { finish, test } from "./harness.mjs";
import { checkPortal, joinAs, takePart, withPortal } from "./portal.mjs";
import { PHONE, checkAxe, stickingOut } from "./visit.mjs";

const MESSAGE = "我们寻找车规级芯片的长期供应商。";

async function testAsking(site, page) {
    await test("partners: a firm is found in any spelling and asked for, with a message", async () => {
        await page.goto(site.address + "/my");
        await page.getByRole("heading", { name: "推荐按轮次发布" }).waitFor();
        await page.getByRole("link", { name: "主动寻找伙伴" }).click();
        await page.getByLabel("单位名称").fill("gaotong");
        await page.getByRole("option", { name: "高通" }).click();
        await page.getByLabel("想让对方了解的内容（选填）").fill(MESSAGE);
        await page.getByText(`还可输入 ${300 - MESSAGE.length} 个字`).waitFor();
        assert.deepEqual(await page.evaluate(stickingOut), []);
        await checkAxe(page, site.axe);
        await page.getByRole("button", { name: "发送申请" }).click();
        await page.getByText("您已发出申请，等待对方答复").waitFor();
        assert.equal(new URL(page.url()).search, "?show=waiting");
    });
    await test("partners: who is asked already is not asked twice, and the way to it is shown", async () => {
        await page.getByRole("link", { name: "主动寻找伙伴" }).click();
        await page.getByLabel("单位名称").fill("高通");
        await page.getByRole("option", { name: "高通" }).click();
        await page.getByRole("link", { name: "前往查看" }).waitFor();
        assert.equal(await page.getByRole("button", { name: "发送申请" }).count(), 0);
    });
}

async function testAnswering(site, page) {
    const card = page.locator(".partner").filter({ hasText: "CATL" });
    await test("partners: the other side sees who asks, where it stands and what it says, and may put it off", async () => {
        await page.goto(site.address + "/my");
        await card.getByText("They ask for a meeting with you").waitFor();
        await card.getByText(MESSAGE).waitFor();
        await card.getByText(/Battery cells .*midstream/).waitFor();
        await card.getByRole("button", { name: /^Later/ }).click();
        await page.locator(".toast").getByRole("button", { name: "Undo" }).click();
        await card.getByRole("button", { name: /^Later/ }).waitFor();
    });
    await test("partners: declining wants a reason, which the other side does not see, and can be taken back", async () => {
        await card.getByRole("button", { name: /^Decline/ }).click();
        assert.ok(await card.getByRole("button", { name: "Decline" }).isDisabled());
        await card.getByLabel("No capacity at present").check();
        await card.getByLabel("In your own words").fill("Next year again.");
        await card.getByRole("button", { name: "Decline" }).click();
        await card.waitFor({ state: "detached" });
        await page.getByRole("link", { name: /Ended 1/ }).click();
        await card.getByText("No capacity at present").waitFor();
        await card.getByRole("button", { name: /^Take my answer back/ }).click();
        await card.waitFor({ state: "detached" });
        await page.getByRole("link", { name: /To answer 1/ }).click();
        await card.getByRole("button", { name: /^Accept/ }).waitFor();
    });
    await test("partners: an answer by keyboard keeps its place", async () => {
        await card.getByRole("button", { name: /^Accept/ }).focus();
        await page.keyboard.press("Enter");
        await page.locator(".toast").getByText("You and CATL have both accepted.").waitFor();
        await page.getByRole("link", { name: /Agreed 1/ }).click();
        await card.getByText("Both sides have accepted").waitFor();
    });
}

async function testStanding(site, chen, wang, theirs) {
    await test("partners: contact persons stand on an agreed match, of those who consented, and no others", async () => {
        await chen.page.getByText("Nobody there has consented to be shown yet.").waitFor();
        await theirs.wanted("PUT", "my/consents", { purpose: "contact-to-mutual", given: true });
        await wang.page.goto(site.address + "/my?show=mutual");
        await wang.page.getByRole("link", { name: "chen@qualcomm.example" }).waitFor();
        await wang.page.getByText("双方均已接受").waitFor();
        assert.equal(await chen.page.getByRole("link", { name: "wang@catl.example" }).count(), 0);
    });
    await test("partners: an agreed match is left after being asked twice, and ends for both", async () => {
        await wang.page.getByRole("button", { name: "退出对接：高通" }).click();
        await wang.page.getByRole("button", { name: "确认退出对接：高通" }).click();
        await wang.page.getByText("尚无双方同意的对接。").waitFor();
        await chen.page.goto(site.address + "/my?show=ended");
        await chen.page.getByText("Withdrawn", { exact: false }).first().waitFor();
    });
}

await withPortal(async (site, admin) => {
    const catl = await takePart(admin, "CATL"), qualcomm = await takePart(admin, "Qualcomm");
    const mine = await joinAs(site, admin, catl, "exhibitor-manager", "wang@catl.example", "王芳");
    const theirs = await joinAs(site, admin, qualcomm, "exhibitor-member", "chen@qualcomm.example", "Chen Lu", "en");
    const wang = await mine.open({ viewport: PHONE }), chen = await theirs.open();
    await testAsking(site, wang.page);
    await testAnswering(site, chen.page);
    await checkPortal(site, await chen.context.storageState(), "partners", "/my?show=mutual", ".partner");
    await testStanding(site, chen, wang, theirs);
    assert.deepEqual([...wang.faults, ...chen.faults], []);
    await checkPortal(site, await wang.context.storageState(), "find", "/my/find", "h1");
    await wang.context.close();
    await chen.context.close();
});
finish();
