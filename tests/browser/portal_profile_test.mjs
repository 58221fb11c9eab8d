/* The profile of a firm: filled in on a phone, kept over a reload, merged with what a colleague saved, faults at their fields. */
import assert from "node:assert/strict";
import { finish, test } from "./harness.mjs";
import { checkPortal, joinAs, takePart, withPortal } from "./portal.mjs";
import { PHONE, checkAxe, stickingOut } from "./visit.mjs";

let where;
const read = (person) => person.wanted("GET", where);

async function save(page) {
    await page.getByRole("button", { name: "保存", exact: true }).click();
}

async function testFilling(site, page, wang) {
    await test("profile: offers and needs are found by pinyin, and saved with how much a year", async () => {
        await page.goto(site.address + "/my/profile");
        await page.getByLabel("添加需求").fill("zhengji");
        await page.getByRole("option", { name: /正极/ }).first().click();
        const row = page.locator(".profile-rows > li").filter({ hasText: "正极" });
        await row.getByLabel("年需求量").fill("12,000");
        await row.getByLabel("单位").fill("t");
        await page.getByLabel("中文").check();
        await save(page);
        await page.getByText("供需资料已保存。").first().waitFor();
        const said = await read(wang);
        assert.deepEqual(said.languages, ["zh"]);
        assert.deepEqual(said.volumes.map((v) => [v.side, v.quantity, v.unit]), [["need", 12000, "t"]]);
        assert.equal(said.needs.at(-1).basis, "declared");
    });
    await test("profile: what is sought and conditions are rows that come and go", async () => {
        await page.getByRole("button", { name: "添加寻找内容" }).click();
        await page.getByLabel("寻找", { exact: true }).selectOption({ label: "联合研发伙伴" });
        await page.getByRole("button", { name: "添加条件" }).click();
        await page.getByLabel("要求").selectOption({ label: "必须" });
        await page.getByLabel("国家/地区", { exact: true }).selectOption({ label: "德国" });
        await page.getByRole("button", { name: "添加条件" }).click();
        await page.getByLabel("条件类别").nth(1).selectOption({ label: "企业或机构" });
        await page.getByLabel("要求").nth(1).selectOption({ label: "排除" });
        await page.getByLabel("企业或机构", { exact: true }).fill("BYD Electronic");
        await page.getByRole("option", { name: "比亚迪电子" }).click();
        await save(page);
        await page.getByText("尚未保存").waitFor({ state: "detached" });
        const said = await read(wang);
        assert.deepEqual(said.seeks.map((s) => s.kind), ["joint-development"]);
        assert.deepEqual(said.conditions.map((c) => [c.strength, c.kind, c.value ?? c.name_en]),
            [["must", "country", "DE"], ["never", "organisation", "BYD Electronic"]]);
        await page.getByRole("button", { name: "移除此项：必须：德国" }).click();
        await save(page);
        await page.getByText("尚未保存").waitFor({ state: "detached" });
        assert.equal((await read(wang)).conditions.length, 1);
    });
}

async function testFaults(page, wang) {
    await test("profile: what is wrong is said at its field in the reader's language, and the focus goes there", async () => {
        const row = page.locator(".profile-rows > li").filter({ hasText: "正极" });
        await row.getByLabel("年需求量").fill("many");
        await save(page);
        await row.getByText("请填写大于 0 的整数。").waitFor();
        await page.waitForFunction(() => document.activeElement.getAttribute("aria-invalid") === "true");
        await row.getByLabel("年需求量").fill("9000");
        await page.getByRole("button", { name: "添加条件" }).click();
        await page.getByLabel("要求").nth(1).selectOption({ label: "排除" });
        await page.getByLabel("条件类别").nth(1).selectOption({ label: "企业或机构" });
        await page.getByLabel("企业或机构", { exact: true }).nth(1).fill("BYD Electronic");
        await page.getByRole("option", { name: "比亚迪电子" }).click();
        await save(page);
        const second = page.locator(".profile-rows > li").filter({ hasText: "企业或机构" }).nth(1);
        await second.locator(".fault").first().waitFor();
        assert.match(await second.locator(".fault").first().textContent(), /[\u4e00-\u9fff]/);
        await second.getByRole("button", { name: /^移除此项/ }).click();
        await save(page);
        await page.getByText("尚未保存").waitFor({ state: "detached" });
        assert.equal((await read(wang)).volumes[0].quantity, 9000);
    });
}

async function testKeeping(site, page) {
    await test("profile: what is typed and not saved is there again after a reload, and can be given up", async () => {
        const note = page.getByLabel("希望合作伙伴了解的其他内容");
        await note.fill("愿意共建回收体系");
        await page.waitForFunction(() => Object.values({ ...localStorage }).some((text) => text.includes("愿意共建回收体系")));
        await page.reload();
        await page.getByText("已恢复您上次未保存的内容。").waitFor();
        assert.equal(await note.inputValue(), "愿意共建回收体系");
        await page.getByRole("button", { name: "放弃修改" }).click();
        assert.equal(await note.inputValue(), "");
        await page.waitForFunction(() => !Object.values({ ...localStorage }).some((text) => text.includes("愿意共建回收体系")));
        await page.goto(site.address + "/my/profile");
        await note.waitFor();
        assert.equal(await note.inputValue(), "");
    });
}

async function testMeanwhile(page, colleague) {
    const note = page.getByLabel("希望合作伙伴了解的其他内容"), most = page.getByLabel("最多可安排的洽谈场次");
    await test("profile: what a colleague saved elsewhere in it is kept beside what is typed here", async () => {
        await note.fill("我的说明");
        await colleague.wanted("PUT", where, { ...(await read(colleague)), meetings_max: 7 });
        await save(page);
        await page.getByText("供需资料已保存。").first().waitFor();
        const said = await read(colleague);
        assert.deepEqual([said.note, said.meetings_max], ["我的说明", 7]);
        assert.equal(await most.inputValue(), "7");
    });
    await test("profile: where both wrote the same part, a person chooses", async () => {
        await note.fill("我的新说明");
        await most.fill("5");
        await colleague.wanted("PUT", where, { ...(await read(colleague)), note: "同事的说明" });
        await save(page);
        await page.getByRole("heading", { name: "同事刚刚保存了相同的部分" }).waitFor();
        assert.equal((await read(colleague)).note, "同事的说明");
        await page.getByLabel("已保存的：同事的说明").check();
        await page.getByRole("button", { name: "按以上选择保存" }).click();
        await page.getByText("尚未保存").waitFor({ state: "detached" });
        const said = await read(colleague);
        assert.deepEqual([said.note, said.meetings_max], ["同事的说明", 5]);
        assert.equal(await note.inputValue(), "同事的说明");
    });
}

await withPortal(async (site, admin) => {
    const catl = await takePart(admin, "CATL");
    where = `my/participants/${catl}/profile`;
    const wang = await joinAs(site, admin, catl, "exhibitor-manager", "wang@catl.example", "王芳");
    const li = await joinAs(site, admin, catl, "exhibitor-member", "li@catl.example", "李强");
    const { context, page, faults } = await wang.open({ viewport: PHONE }, [409, 422]);
    await testFilling(site, page, wang);
    await testFaults(page, wang);
    await testKeeping(site, page);
    await testMeanwhile(page, li);
    await test("profile: filled in, it is accessible and nothing sticks out of a phone", async () => {
        await checkAxe(page, site.axe);
        assert.deepEqual(await page.evaluate(stickingOut), []);
    });
    assert.deepEqual(faults, []);
    await checkPortal(site, await context.storageState(), "profile", "/my/profile", ".profile");
    await context.close();
});
finish();
