/* What the tests of the organiser's desk share: accounts, signing in, and looking at a screen from every side. */
import assert from "node:assert/strict";
import { readFileSync, readdirSync, watch } from "node:fs";
import { join } from "node:path";
import { run } from "../serve.mjs";
import { pictures, test, withSite } from "./harness.mjs";
import { PHONE, checkAxe, stickingOut } from "./visit.mjs";

export const PASSWORD = "correct horse battery staple";
/* A step that takes longer than this on a busy machine has failed. */
const WAIT_MS = 20000;
export const DESKTOP = { width: 1280, height: 800 };

/* Makes an account on the command line; its one-time password. */
export function addAccount(database, email, name, ...options) {
    const said = run("user", database, "add", email, "--name", name, ...options);
    return /one-time password: (\S+)/.exec(said)[1];
}

/* Calls body(site, accounts) with the sample served and two accounts that nobody has used: {email: one-time password}. */
export async function withDesk(body) {
    const accounts = {};
    await withSite((site) => body(site, accounts), [], (database) => {
        accounts["admin@expo.example"] = addAccount(database, "admin@expo.example", "Li Na", "--role", "administrator");
        accounts["organiser@expo.example"] = addAccount(database, "organiser@expo.example", "Zhang Wei", "--role", "organiser");
    });
}

/* A letter as it is read: Chinese ones travel as base64. */
function letterText(file) {
    const text = readFileSync(file, "utf8"), [head, ...body] = text.split("\r\n\r\n");
    return /transfer-encoding: base64/i.test(head) ? `${head}\n${Buffer.from(body.join(""), "base64")}` : text;
}

/* The link in the letter to an address, in the folder that takes letters when there is no mail server, at the address that is
 * served; `begin` is how its path begins. */
export function linkFor(site, to, begin) {
    const folder = `${site.database}.mail`, pattern = new RegExp(`${begin.replace(/[/?.]/g, "\\$&")}\\S+`);
    return new Promise((resolve) => {
        const watcher = watch(folder, look);
        function look() {
            const letters = readdirSync(folder).filter((n) => n.endsWith(".eml")).map((n) => letterText(join(folder, n)));
            const found = letters.find((text) => text.includes(`To: <${to}>`) && pattern.test(text));
            if (found === undefined) return;
            watcher.close();
            resolve(new URL(site.address + pattern.exec(found)[0]));
        }
        look();
    });
}

export async function typeSignIn(page, email, password) {
    await page.locator("input[name=email]").fill(email);
    await page.locator("input[name=password]").fill(password);
    await page.locator("button[type=submit]").first().click();
}

/* The way in with a one-time password, which ends at the desk with a password of one's own. */
export async function firstSignIn(page, site, email, oneTime) {
    await page.goto(site.address + "/desk");
    await typeSignIn(page, email, oneTime);
    await page.locator("input[name=old-password]").fill(oneTime);
    await page.locator("input[name=new-password]").fill(PASSWORD);
    await page.locator("input[name=new-password-again]").fill(PASSWORD);
    await page.locator("button[type=submit]").click();
    await page.locator(".desk-nav").waitFor();
}

export async function signIn(page, site, email, path = "/desk") {
    await page.goto(site.address + path);
    await typeSignIn(page, email, PASSWORD);
    await page.locator(".desk-nav").waitFor();
}

/*
 * A window that collects what goes wrong in it. The refusals that a case provokes are allowed by their status.
 */
export async function openWindow(site, options = {}, allowed = [401]) {
    const context = await site.browser.newContext({ viewport: DESKTOP, locale: "en-GB", ...options });
    context.setDefaultTimeout(WAIT_MS);
    const page = await context.newPage(), faults = [];
    page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
    page.on("console", (message) => {
        if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) faults.push(`console: ${message.text()}`);
    });
    page.on("request", (request) => {
        if (!request.url().startsWith(site.address + "/")) faults.push(`request to ${request.url()}`);
    });
    page.on("response", (response) => {
        if (response.status() >= 400 && !allowed.includes(response.status())) faults.push(`${response.status()} for ${response.url()}`);
    });
    return { context, page, faults };
}

/* One screen, in both languages, wide and on a phone, wide also in the dark: drawn without a fault, accessible, nothing sticks out. */
export async function checkScreen(site, storage, name, path, ready, { of = "desk", allowed, fullPage = false } = {}) {
    for (const [lang, locale] of [["en", "en-GB"], ["zh", "zh-CN"]]) {
        for (const [size, viewport] of [["wide", DESKTOP], ["phone", PHONE]]) {
            await test(`screen ${name}: ${lang}, ${size}`, async () => {
                const { context, page, faults } = await openWindow(site, { viewport, locale, storageState: storage }, allowed);
                try {
                    await page.addInitScript((chosen) => localStorage.setItem("fairlead.lang", chosen), lang);
                    await page.goto(site.address + path);
                    await page.locator(ready).first().waitFor();
                    await page.waitForLoadState("networkidle");
                    await page.screenshot({ path: join(pictures, `${of}-${name}-${lang}-${size}.png`), fullPage });
                    assert.deepEqual(await page.evaluate(stickingOut), []);
                    assert.deepEqual(faults, []);
                    await checkAxe(page, site.axe);
                    if (size === "phone") return;
                    await page.emulateMedia({ colorScheme: "dark" });
                    await checkAxe(page, site.axe);
                } finally {
                    await context.close();
                }
            });
        }
    }
}
