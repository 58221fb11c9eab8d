/* What the tests in Node stand on: TAP output, and the real program serving a fresh sample. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const source = process.env.FAIRLEAD_SOURCE ?? dirname(dirname(fileURLToPath(import.meta.url)));
const program = process.env.FAIRLEAD ?? join(source, "build/debug/src/fairlead");

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

/* Why the tests cannot run on this machine, or null; `require` looks for the modules. */
export function missing(require, modules) {
    if (!existsSync(program)) return `no program at ${program}`;
    for (const module of modules) {
        try {
            require.resolve(module);
        } catch {
            return `no module ${module} (./dev setup test fetches it)`;
        }
    }
    return null;
}

/* Runs a command of the program; its output, or an error with what it said. */
export function run(...command) {
    const made = spawnSync(program, command, { encoding: "utf8", env: { ...process.env, FAIRLEAD_ACTOR: "test" } });
    if (made.status !== 0) throw new Error(`fairlead ${command[0]}: ${made.stderr}${made.stdout}`);
    return made.stdout;
}

/* The line the program prints once it listens holds the address. */
function serve(database, options) {
    return new Promise((resolve, reject) => {
        const server = spawn(program, ["serve", database, "--listen", "127.0.0.1:0", ...options], { stdio: ["ignore", "pipe", "pipe"] });
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

/* Calls body({address, database, folder}) with a sample served under options, and takes it down again; prepare(database)
 * comes before it is served. */
export async function withServer(options, body, prepare = () => undefined) {
    const folder = mkdtempSync(join(tmpdir(), "fairlead-serve-"));
    let server;
    try {
        const database = join(folder, "sample.fairlead");
        run("new", database, "--sample");
        prepare(database);
        const served = await serve(database, options);
        server = served.server;
        await body({ address: served.address, database, folder });
    } finally {
        if (server) {
            const ended = new Promise((resolve) => server.once("close", resolve));
            server.kill("SIGINT");
            await ended;
        }
        rmSync(folder, { recursive: true, force: true });
    }
}
