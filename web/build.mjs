/*
 * Builds the desk into desk.js and desk.css. usage: node build.mjs FOLDER DEPFILE TARGET...
 *
 * Same sources, same bytes: the version of esbuild is fixed and nothing of the machine goes in. The desk is for browsers of 2022
 * and later (the dialog element); the public site serves older ones. DEPFILE tells ninja which files the TARGETs were made from.
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
    console.error("error: the desk's modules are missing; ./dev setup build fetches them (npm ci in web/)");
    process.exit(1);
}

const result = await esbuild.build({
    absWorkingDir: web,
    entryPoints: { desk: "desk/main.tsx" },
    outdir: resolve(folder),
    entryNames: "[name]",
    alias: { words: resolve(writeWords(folder)) },
    bundle: true,
    minify: true,
    format: "esm",
    target: ["chrome98", "firefox98", "safari15.4"],
    charset: "utf8",
    legalComments: "none",
    jsx: "automatic",
    jsxImportSource: "preact",
    metafile: true,
    logLevel: "warning",
});

const sources = Object.keys(result.metafile.inputs).map((path) => resolve(web, path)).filter((path) => path.startsWith(web));
const own = ["words.mjs", "package-lock.json", "tsconfig.json"].map((name) => join(web, name));
writeFileSync(depfile, `${targets.join(" ")}: ${[...sources, ...wordFiles(), ...own].map((p) => p.replace(/ /g, "\\ ")).join(" ")}\n`);
