/* The TypeScript types are those of the tables, and a program can be written on them. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Skip, finish, missing, source, test } from "../serve.mjs";

const require = createRequire(import.meta.url);
const file = join(source, "web/api-types.d.ts");

await test("web/api-types.d.ts is what the tables give", () => {
    const program = join(source, "build/debug/tools/api-types");
    const made = spawnSync(program, { encoding: "utf8", maxBuffer: 1 << 26 });
    if (made.error) throw new Skip(`no program at ${program}`);
    assert.equal(made.status, 0);
    assert.ok(made.stdout === readFileSync(file, "utf8"), "run: build/debug/tools/api-types >web/api-types.d.ts");
});

await test("a program on the types compiles, and what they must refuse is refused", () => {
    const reason = missing(require, ["typescript"]);
    if (reason !== null) throw new Skip(reason);
    const ts = require("typescript");
    const program = ts.createProgram([join(source, "tests/api/types_usage.ts"), file], {
        strict: true, noEmit: true, allowImportingTsExtensions: true, target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ES2022, moduleResolution: ts.ModuleResolutionKind.Bundler, types: [],
    });
    const found = ts.getPreEmitDiagnostics(program).map((one) => `${one.file?.fileName.split("/").pop()}: `
        + ts.flattenDiagnosticMessageText(one.messageText, " "));
    assert.deepEqual(found, []);
});
finish();
