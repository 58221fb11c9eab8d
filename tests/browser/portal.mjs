/* What the tests of the portal share: firms of the sample that take part, and people who act for them. */
import assert from "node:assert/strict";
import { PASSWORD, addAccount, checkScreen, linkFor, openWindow } from "./desk.mjs";
import { withSite } from "./harness.mjs";

export const ADMIN = "admin@expo.example";

/* Speaks to the API as a browser does, with its cookie and the word of its session. */
export class Caller {
    constructor(site) {
        this.site = site;
        this.cookie = this.csrf = "";
    }

    async ask(method, path, body) {
        const headers = { "Content-Type": "application/json", "X-CSRF-Token": this.csrf };
        if (this.cookie) headers.Cookie = this.cookie;
        const reply = await fetch(`${this.site.address}/api/v1/${path}`, {
            method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        const set = reply.headers.get("set-cookie");
        const said = await reply.json().catch(() => null);
        if (set && reply.ok) {
            this.cookie = set.split(";")[0];
            this.csrf = said?.csrf ?? "";
        }
        return { status: reply.status, body: said };
    }

    /* What a request gives that must go well. */
    async wanted(method, path, body) {
        const reply = await this.ask(method, path, body);
        assert.ok(reply.status < 300, `${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
        return reply.body;
    }

    /* A window of the browser in which this one is signed in. */
    async open(options = {}, allowed = []) {
        const opened = await openWindow(this.site, options, allowed), at = this.cookie.indexOf("=");
        await opened.context.addCookies([{ name: this.cookie.slice(0, at), value: this.cookie.slice(at + 1), url: this.site.address }]);
        return opened;
    }
}

/* The number of the participant that an exhibitor of the current edition becomes; the firm is found by its English name. */
export async function takePart(admin, name) {
    const edition = (await admin.wanted("GET", "records/edition?limit=50")).items.find((e) => e.values.current);
    const found = (await admin.wanted("GET", `exhibitors?q=${encodeURIComponent(name)}&limit=5`)).items
        .find((e) => e.name_en === name);
    assert.ok(found, `${name} is no exhibitor of the sample`);
    const exhibitor = (await admin.wanted("GET", `records/exhibitor?where=organisation_id:${found.id}&limit=50`)).items
        .find((e) => e.values.edition_id === edition.id);
    const made = await admin.wanted("POST", "changes", {
        operations: [{
            op: "create", table: "participant",
            values: {
                edition_id: exhibitor.values.edition_id, organisation_id: exhibitor.values.organisation_id, kind: "exhibitor",
                exhibitor_id: exhibitor.id, state: "active",
            },
        }],
    });
    return made.results[0].id;
}

/* Invites somebody to a participant, who accepts and chooses a password by the letter that comes then. */
export async function joinAs(site, admin, participant, role, email, name, language = "zh") {
    const link = new URL((await admin.wanted("POST", `my/participants/${participant}/invitations`, { role })).secret);
    const person = new Caller(site);
    await person.wanted("POST", "session/join", { token: link.hash.slice(1), email, name, language });
    await person.wanted("POST", "session/redeem", {
        token: (await linkFor(site, email, "/my/link?purpose=set-password#")).hash.slice(1), password: PASSWORD,
    });
    return person;
}

/* Calls body(site, admin) with the sample served and an administrator who is in; prepare(database) comes before. */
export async function withPortal(body, prepare = () => undefined) {
    let oneTime;
    await withSite(async (site) => {
        const admin = new Caller(site);
        await admin.wanted("POST", "session", { email: ADMIN, password: oneTime });
        await admin.wanted("POST", "session/password", { old_password: oneTime, new_password: PASSWORD });
        await body(site, admin);
    }, [], (database) => {
        oneTime = addAccount(database, ADMIN, "Li Na", "--role", "administrator");
        prepare(database);
    });
}

/* One screen, as checkScreen looks at it. */
export function checkPortal(site, storage, name, path, ready, allowed = []) {
    return checkScreen(site, storage, name, path, ready, { of: "portal", allowed, fullPage: true });
}
