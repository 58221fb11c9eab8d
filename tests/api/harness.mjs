/*
 * What the API tests stand on besides ../serve.mjs: the served OpenAPI document, and requests whose replies are
 * checked against it. The document leaves room for fields to come (docs/API.md); the tests close it, so that a field
 * that it does not describe is found.
 */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { connect } from "node:net";
import { Skip, missing, test, withServer } from "../serve.mjs";

const require = createRequire(import.meta.url);

/* Every object with properties has no others. */
export function close(schema) {
    if (Array.isArray(schema)) schema.forEach(close);
    else if (schema !== null && typeof schema === "object") {
        Object.values(schema).forEach(close);
        if (schema.type === "object" && schema.properties) schema.additionalProperties = false;
    }
}

/* The schema of a record that is anyOf the whole one and a choice: one of the two, wherever it stands. */
function pick(schema, chosen) {
    if (Array.isArray(schema)) return schema.map((item) => pick(item, chosen));
    if (schema === null || typeof schema !== "object") return schema;
    const both = schema.anyOf?.map((one) => one.$ref ?? "");
    if (both?.length === 2 && both[1] === `${both[0]}Chosen`) return schema.anyOf[chosen ? 1 : 0];
    return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, pick(value, chosen)]));
}

/* The part of the document that everybody reads. */
function open(document) {
    const paths = Object.entries(document.paths).filter(([, item]) => item.get?.security.length === 0)
        .map(([path, item]) => [path, { get: item.get }]);
    return { ...document, paths: Object.fromEntries(paths) };
}

export class Api {
    constructor(address, whole) {
        const document = open(whole);
        const { default: Ajv } = require("ajv/dist/2020.js");
        const { default: addFormats } = require("ajv-formats");
        this.address = address;
        this.whole = whole; // with the desk's part
        this.document = document;
        this.closed = structuredClone(document);
        close(this.closed);
        this.ajv = new Ajv({ strict: false, allErrors: false });
        addFormats(this.ajv);
        this.ajv.addSchema({ $id: "api", components: this.closed.components });
        this.compiled = new Map();
        this.asked = new Map(); // operationId -> how many replies were checked
        for (const path of Object.values(document.paths)) this.asked.set(path.get.operationId, 0);
    }

    /* What comes back for these very bytes, which no client would send: {line, headers, body}. */
    async talk(bytes) {
        const { hostname, port } = new URL(this.address);
        const socket = connect(Number(port), hostname);
        let text = "";
        socket.write(bytes);
        for await (const chunk of socket.setEncoding("utf8")) text += chunk;
        const [head, body] = [text.slice(0, text.indexOf("\r\n\r\n")), text.slice(text.indexOf("\r\n\r\n") + 4)];
        const [line, ...lines] = head.split("\r\n");
        return { line, headers: new Headers(lines.map((at) => [at.slice(0, at.indexOf(":")), at.slice(at.indexOf(":") + 1).trim()])), body };
    }

    /* The row of the document that answers a path: {path, operation}. */
    route(pathname) {
        for (const [path, item] of Object.entries(this.document.paths)) {
            const pattern = new RegExp(`^${path.replace(/[.]/g, "\\.").replace(/\{\w+\}/g, "[^/]+")}$`);
            if (pattern.test(pathname)) return { path, operation: item.get };
        }
        return null;
    }

    validator(path, status, chosen) {
        const key = `${path} ${status} ${chosen}`;
        if (!this.compiled.has(key)) {
            const responses = this.closed.paths[path].get.responses;
            let response = responses[status];
            assert.ok(response, `${path} describes a reply ${status}`);
            if (response.$ref) response = this.closed.components.responses[response.$ref.split("/").pop()];
            const [, content] = Object.entries(response.content)[0];
            const types = Object.keys(response.content);
            const text = JSON.stringify(pick(content.schema, chosen)).replaceAll('"#/components', '"api#/components');
            this.compiled.set(key, { types, validate: this.ajv.compile(JSON.parse(text)) });
        }
        return this.compiled.get(key);
    }

    /* Asks for a target and checks the reply against the document; {status, headers, body}. */
    async get(target, { status = 200, headers = {} } = {}) {
        const reply = await fetch(this.address + target, { headers, redirect: "manual" });
        const text = await reply.text();
        assert.equal(reply.status, status, `GET ${target}: ${text.slice(0, 300)}`);
        const url = new URL(target, this.address);
        const found = this.route(url.pathname);
        let body = text;
        if (status === 302) {
            assert.ok(found.operation.responses["302"], `${target} is said to lead on`);
            this.asked.set(found.operation.operationId, this.asked.get(found.operation.operationId) + 1);
        } else if (found !== null && status !== 304) {
            const type = reply.headers.get("content-type");
            const { types, validate } = this.validator(found.path, status, Boolean(url.searchParams.get("fields")));
            assert.ok(types.includes(type?.split(";")[0]), `${target}: ${type}`);
            if (type.endsWith("json")) {
                body = JSON.parse(text);
                assert.ok(validate(body), `GET ${target}: ${JSON.stringify(validate.errors)}`);
            }
            this.asked.set(found.operation.operationId, this.asked.get(found.operation.operationId) + 1);
        } else if (text !== "" && reply.headers.get("content-type")?.includes("json")) {
            body = JSON.parse(text);
        }
        return { status: reply.status, headers: reply.headers, body };
    }

    /* All items of a list, page by page. */
    async walk(target, limit) {
        const items = [];
        let next = null, total = null;
        do {
            const { body, headers } = await this.get(
                also(target, `limit=${limit}${next === null ? "" : `&cursor=${next}`}`));
            assert.ok(body.items.length <= limit && (body.next === null || body.items.length === limit), target);
            assert.equal(total ?? body.total, body.total, `${target}: the total stays`);
            const link = headers.get("link");
            assert.equal(link !== null, body.next !== null, `${target}: a Link where there is a next page`);
            if (link) {
                const followed = new URL(/^<([^>]+)>; rel="next"$/.exec(link)[1], this.address);
                assert.equal(followed.searchParams.get("cursor"), body.next, `${target}: Link and next agree`);
            }
            items.push(...body.items);
            ({ next, total } = body);
        } while (next !== null);
        assert.equal(items.length, total, `${target}: as many items as the total says`);
        return items;
    }

    /* A path with the parameters that it needs, as the document's examples have them. */
    needed(path) {
        const query = this.document.paths[path].get.parameters.filter((p) => p.in === "query" && p.required)
            .map((p) => `${p.name}=${encodeURIComponent(p.example)}`).join("&");
        return query === "" ? path : `${path}?${query}`;
    }

    /* All lists that stand for themselves: {path, target, operation}. */
    lists() {
        return Object.entries(this.document.paths)
            .filter(([path, item]) => !path.includes("{") && item.get.parameters.some((p) => p.name === "cursor"))
            .map(([path, item]) => ({ path, target: this.needed(path), operation: item.get }));
    }
}

/* A target with one more parameter. */
export function also(target, more) {
    return `${target}${target.includes("?") ? "&" : "?"}${more}`;
}

/* Calls body(api, {address, database, folder}) with a served sample; without what it needs, prints one skipped case. */
export async function withApi(body) {
    const reason = missing(require, ["ajv", "ajv-formats", "@seriousme/openapi-schema-validator"]);
    if (reason !== null) {
        await test("the API", () => { throw new Skip(reason); });
        return;
    }
    await withServer(["--client-limit", "0"], async (served) => {
        const document = await (await fetch(`${served.address}/api/openapi.json`)).json();
        await body(new Api(served.address, document), served);
    });
}
