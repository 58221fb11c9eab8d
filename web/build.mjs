/*
 * Builds the desk and the portal into a script and a style sheet each. usage: node build.mjs FOLDER DEPFILE TARGET...
 *
 * Same sources, same bytes: the version of esbuild is fixed and nothing of the machine goes in. The desk is for browsers of 2022
 * and later (the dialog element); the portal also for those inside apps such as WeChat (Chromium 80, iOS 14.5). DEPFILE tells ninja
 * which files the TARGETs were made from.
 */
import { writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { wordFiles, writeWords } from "./words.mjs";

const web = dirname(fileURLToPath(import.meta.url));
const [folder, depfile, ...targets] = process.argv.slice(2);
let esbuild;
try {
    esbuild = await import("esbuild");
} catch {
    console.error("error: the modules of web/ are missing; ./dev setup build fetches them (npm ci in web/)");
    process.exit(1);
}

const words = resolve(writeWords(folder));
const sources = new Set();

async function build(name, target) {
    const result = await esbuild.build({
        absWorkingDir: web,
        entryPoints: { [name]: `${name}/main.tsx` },
        outdir: resolve(folder),
        entryNames: "[name]",
        alias: { words },
        bundle: true,
        minify: true,
        format: "esm",
        target,
        charset: "utf8",
        legalComments: "none",
        jsx: "automatic",
        jsxImportSource: "preact",
        metafile: true,
        logLevel: "warning",
    });
    for (const path of Object.keys(result.metafile.inputs).map((p) => resolve(web, p))) if (path.startsWith(web)) sources.add(path);
}

await build("desk", ["chrome98", "firefox98", "safari15.4"]);
await build("portal", ["chrome80", "firefox78", "safari14.1"]);
const own = ["words.mjs", "package-lock.json", "tsconfig.json"].map((name) => join(web, name));
writeFileSync(depfile, `${targets.join(" ")}: ${[...sources, ...wordFiles(), ...own].map((p) => p.replace(/ /g, "\\ ")).join(" ")}\n`);
