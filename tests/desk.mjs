/* Organisers at a served desk: they sign in as a browser does, with a cookie and the word for writes. */
import assert from "node:assert/strict";
import { run } from "./serve.mjs";

export const PASSWORD = "long enough for anybody";

/* Makes an account on the command line; its one-time password. */
export function makeAccount(database, email, ...options) {
    return /one-time password: (\S+)/.exec(run("user", database, "add", email, ...options))[1];
}

/* Somebody with a browser of their own. */
export class Person {
    constructor(address) {
        this.address = address;
        this.cookie = null;
        this.csrf = null;
        this.checks = null; // looks at every reply: (method, target, status, text, type)
    }

    /* {status, headers, body, text}; a body that is not a string or bytes is sent as JSON. */
    async call(method, target, body, headers = {}) {
        const sent = { ...headers };
        if (this.cookie !== null) sent.Cookie = this.cookie;
        if (this.csrf !== null && method !== "GET" && sent["X-CSRF-Token"] === undefined) sent["X-CSRF-Token"] = this.csrf;
        if (sent["X-CSRF-Token"] === "") delete sent["X-CSRF-Token"];
        let bytes = body;
        if (body !== undefined && typeof body !== "string" && !(body instanceof Uint8Array)) {
            bytes = JSON.stringify(body);
            sent["Content-Type"] ??= "application/json";
        }
        const reply = await fetch(this.address + target, { method, headers: sent, body: bytes, redirect: "manual" });
        const set = /^([^=]+=[^;]*)/.exec(reply.headers.get("set-cookie") ?? "");
        if (set) this.cookie = set[1].endsWith("=") ? null : set[1];
        const type = reply.headers.get("content-type") ?? "";
        const text = type.includes("json") || type.startsWith("text/") ? await reply.text() : "";
        const left = type.includes("json") || type.startsWith("text/") ? null : new Uint8Array(await reply.arrayBuffer());
        if (this.checks) this.checks(method, target, reply.status, text, type);
        return { status: reply.status, headers: reply.headers, text, bytes: left, body: type.includes("json") && text !== "" ? JSON.parse(text) : null };
    }

    /* The same, and the status is as expected; the body of the reply. */
    async ask(method, target, body, status = 200, headers = {}) {
        const reply = await this.call(method, target, body, headers);
        assert.equal(reply.status, status, `${method} ${target}: ${reply.text.slice(0, 400)}`);
        return reply.body;
    }

    async signIn(email, password) {
        const { status, body } = await this.call("POST", "/api/v1/session", { email, password });
        if (status === 200) this.csrf = body.csrf;
        return { status, body };
    }

    /* Signs in for the first time and chooses a password. */
    async begin(email, given, password = PASSWORD) {
        const { status } = await this.signIn(email, given);
        assert.equal(status, 200);
        const session = await this.ask("POST", "/api/v1/session/password", { old_password: given, new_password: password });
        this.csrf = session.csrf;
        return session;
    }

    /* Operations in one batch. */
    change(operations, more = {}, status = 200) {
        return this.ask("POST", "/api/v1/changes", { operations, ...more }, status);
    }
}
