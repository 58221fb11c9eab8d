/*
 * What the browser tests stand on besides ../serve.mjs: Chromium looking at the served sample.
 * Needs the modules of package-lock.json, loaded here so that their absence is a skip and no crash.
 */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Skip, missing, source, test, withServer } from "../serve.mjs";

export { Skip, finish, test } from "../serve.mjs";

const require = createRequire(import.meta.url);
const chromiumPath = process.env.CHROMIUM ?? "/usr/bin/chromium";
/* The public address that pages name, which nothing here answers at. */
export const origin = "https://expo.example";
export const pictures = join(source, "build/screenshots");

/*
 * Calls body({address, browser, axe}) with a served sample and a browser, and takes both down again. Without
 * what it needs, prints one skipped case. prepare(database) comes before the sample is served, under `options`.
 */
export async function withSite(body, options = ["--origin", origin], prepare = () => undefined) {
    const reason = existsSync(chromiumPath) ? missing(require, ["playwright-core", "axe-core"]) : `no ${chromiumPath}`;
    if (reason !== null) {
        await test("the site in a browser", () => { throw new Skip(reason); });
        return;
    }
    const { chromium } = require("playwright-core");
    const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
    mkdirSync(pictures, { recursive: true });
    await withServer(options, async ({ address, database, folder }) => {
        const browser = await chromium.launch({
            executablePath: chromiumPath,
            headless: true,
            args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        });
        try {
            await body({ address, browser, axe, database, folder });
        } finally {
            await browser.close();
        }
    }, prepare);
}
