/*
 * What the browser tests stand on: TAP output, the real program serving a fresh sample, and Chromium.
 * Needs the modules of package-lock.json, loaded here so that their absence is a skip and no crash.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const source = process.env.FAIRLEAD_SOURCE ?? dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const program = process.env.FAIRLEAD ?? join(source, "build/debug/src/fairlead");
const chromiumPath = process.env.CHROMIUM ?? "/usr/bin/chromium";
/* The public address that pages name, which nothing here answers at. */
export const origin = "https://expo.example";
export const pictures = join(source, "build/screenshots");

let count = 0, failed = 0;

/* Thrown by a case that cannot run here. */
export class Skip extends Error {}

/* Runs one case and prints its TAP line, with the reason below it when it fails. */
export async function test(name, body) {
    count++;
    try {
        await body();
        console.log(`ok ${count} - ${name}`);
    } catch (error) {
        if (error instanceof Skip) {
            console.log(`ok ${count} - ${name} # SKIP ${error.message}`);
            return;
        }
        failed++;
        console.log(`not ok ${count} - ${name}`);
        for (const line of String(error.message ?? error).split("\n").slice(0, 30)) console.log(`#   ${line}`);
    }
}

/* Prints the plan; the exit status says whether a case failed. */
export function finish() {
    console.log(`1..${count}`);
    process.exitCode = failed > 0 ? 1 : 0;
}

/* Why the tests cannot run on this machine, or null. */
function missing() {
    if (!existsSync(chromiumPath)) return `no ${chromiumPath}`;
    if (!existsSync(program)) return `no program at ${program}`;
    for (const module of ["playwright-core", "axe-core"]) {
        try {
            require.resolve(module);
        } catch {
            return `no module ${module} (./dev setup test fetches it)`;
        }
    }
    return null;
}

/* The line the program prints once it listens holds the address. */
function serve(database) {
    return new Promise((resolve, reject) => {
        const server = spawn(program, ["serve", database, "--listen", "127.0.0.1:0", "--origin", origin], { stdio: ["ignore", "pipe", "pipe"] });
        let said = "";
        const listen = (chunk) => {
            said += chunk;
            const address = /http:\/\/\S+:\d+/.exec(said);
            if (address) resolve({ server, address: address[0] });
        };
        server.stdout.on("data", listen);
        server.stderr.on("data", listen);
        server.on("error", reject);
        server.on("exit", (status) => reject(new Error(`serve ended with status ${status}: ${said}`)));
    });
}

/*
 * Calls body({address, browser, axe}) with a served sample and a browser, and takes both down again. Without
 * what it needs, prints one skipped case.
 */
export async function withSite(body) {
    const reason = missing();
    if (reason !== null) {
        await test("the site in a browser", () => { throw new Skip(reason); });
        return;
    }
    const { chromium } = require("playwright-core");
    const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
    const folder = mkdtempSync(join(tmpdir(), "fairlead-browser-"));
    mkdirSync(pictures, { recursive: true });
    let server, browser;
    try {
        const database = join(folder, "sample.fairlead");
        const made = spawnSync(program, ["new", database, "--sample"], { encoding: "utf8" });
        if (made.status !== 0) throw new Error(`fairlead new: ${made.stderr}`);
        const served = await serve(database);
        server = served.server;
        browser = await chromium.launch({
            executablePath: chromiumPath,
            headless: true,
            args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        });
        await body({ address: served.address, browser, axe });
    } finally {
        await browser?.close();
        if (server) {
            const ended = new Promise((resolve) => server.once("close", resolve));
            server.kill("SIGINT");
            await ended;
        }
        rmSync(folder, { recursive: true, force: true });
    }
}
