/*
 * The words of the desk and the portal as a module: one constant a word, so that a bundle holds those that it uses.
 *
 * They stand in the .def files of the site (src/site/words) and in those of web/shared, web/desk and web/portal, in the same form,
 * WORD(NAME, "English", "中文"); what the site says already is not said again. A name that stands twice is an error.
 */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const web = dirname(fileURLToPath(import.meta.url));
const folders = ["../src/site/words", "shared/words", "desk/words", "portal/words"].map((folder) => join(web, folder));
const TEXT = /\s*((?:"(?:[^"\\]|\\.)*"\s*)+)/.source;
const WORD = new RegExp(`WORD\\((\\w+),${TEXT},${TEXT}\\)`, "g");

/* The files that hold words. */
export function wordFiles() {
    return folders.flatMap((folder) => readdirSync(folder).sort().filter((f) => f.endsWith(".def")).map((f) => join(folder, f)));
}

/* What C joins: "one " "text". */
function joined(literals) {
    return [...literals.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((m) => JSON.parse(`"${m[1]}"`)).join("");
}

/* Every word: {name, en, zh, file}. */
export function readWords() {
    const found = new Map();
    for (const file of wordFiles()) {
        const text = readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
        for (const [, name, en, zh] of text.matchAll(WORD)) {
            if (found.has(name)) throw new Error(`${file}: the word ${name} stands in ${found.get(name).file}, too`);
            found.set(name, { name, en: joined(en), zh: joined(zh), file });
        }
    }
    return [...found.values()];
}

/* Writes the module into a folder; gives its path. */
export function writeWords(folder) {
    const path = join(folder, "words.ts");
    const lines = readWords().map((w) => `export const ${w.name}: Word = [${JSON.stringify(w.en)}, ${JSON.stringify(w.zh)}];`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, ["/* Made by web/words.mjs. */", "export type Word = readonly [en: string, zh: string];", ...lines, ""].join("\n"));
    return path;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) writeWords(process.argv[2]);
