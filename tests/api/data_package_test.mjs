/* The open data read by the reference implementation of Frictionless Data, which knows nothing of ours. */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { Skip, finish, missing, test, withServer } from "../serve.mjs";

const require = createRequire(import.meta.url);
const reason = missing(require, ["datapackage"]);

if (reason !== null) await test("the open data", () => { throw new Skip(reason); });
else await withServer(["--license", "CC-BY-4.0", "--client-limit", "0"], async ({ address }) => {
    const { Package } = require("datapackage");
    const data = await Package.load(`${address}/api/v1/data/2024/datapackage.json`);
    await test("the descriptor is valid", () => {
        assert.deepEqual(data.errors.map((error) => error.message), []);
        assert.ok(data.valid);
    });
    for (const resource of data.resources)
        await test(`${resource.name} is tabular, of its types, and its keys lead to rows`, async () => {
            assert.ok(resource.tabular);
            const rows = await resource.read({ keyed: true, relations: true });
            assert.deepEqual(resource.headers ?? resource.schema.fieldNames, resource.schema.fieldNames);
            assert.ok(rows.length > 0 || ["joint_stands", "organisation_names", "pavilion_texts", "pictures"].includes(resource.name));
        });
});
finish();
