/*
 * The profile as the form has it: offers and needs carry the volume that the document keeps beside them. It is sent as a whole with
 * the revision that was read; what others saved meanwhile is merged member by member, and only what both changed is asked about.
 */
import * as W from "words";
import type { Word } from "words";
import type { FieldError } from "../shared/api";
import type { Profile, ProfileClaim, ProfileCondition, ProfileSaid, ProfileSeek } from "../api-types";

/* Numbers stand as they are typed. */
export interface Claim {
    node: string;
    basis: ProfileClaim["basis"];
    evidence: string | null;
    quantity: string;
    unit: string;
}
export interface Seek {
    kind: ProfileSeek["kind"];
    node: string | null;
    quantity: string;
    unit: string;
    by_day: string;
    note: string;
}
export interface Condition {
    strength: ProfileCondition["strength"];
    kind: ProfileCondition["kind"];
    value: string;
    organisation: { id: number; name_en: string | null; name_zh: string | null } | null;
}

export interface Form {
    offers: Claim[];
    needs: Claim[];
    seeks: Seek[];
    conditions: Condition[];
    languages: string[];
    certificates: string[];
    days: string[];
    meetings_max: string;
    leader: string;
    note: string;
    takesPart: boolean;
}
export type Member = keyof Form;
export const MEMBERS: Member[] = [
    "takesPart",
    "offers",
    "needs",
    "seeks",
    "conditions",
    "languages",
    "certificates",
    "days",
    "meetings_max",
    "leader",
    "note",
];

const text = (n: number | null) => (n === null ? "" : String(n));

function claimsOf(profile: Profile, side: "offer" | "need"): Claim[] {
    return (side === "offer" ? profile.offers : profile.needs).map((one) => {
        const volume = profile.volumes.find((v) => v.side === side && v.node === one.node);
        return { ...one, quantity: volume ? String(volume.quantity) : "", unit: volume?.unit ?? "" };
    });
}

export function formOf(profile: Profile): Form {
    return {
        offers: claimsOf(profile, "offer"),
        needs: claimsOf(profile, "need"),
        seeks: profile.seeks.map((one) => ({
            kind: one.kind,
            node: one.node,
            quantity: text(one.quantity),
            unit: one.unit ?? "",
            by_day: one.by_day ?? "",
            note: one.note ?? "",
        })),
        conditions: profile.conditions.map((one) => ({
            strength: one.strength,
            kind: one.kind,
            value: one.value ?? "",
            organisation:
                one.organisation_id === null
                    ? null
                    : { id: one.organisation_id, name_en: one.name_en, name_zh: one.name_zh },
        })),
        languages: profile.languages,
        certificates: profile.certificates,
        days: profile.days,
        meetings_max: text(profile.meetings_max),
        leader: profile.leader ?? "",
        note: profile.note ?? "",
        takesPart: profile.state !== "withdrawn",
    };
}

/* -1: no number. */
function number(typed: string): number | null {
    const plain = typed.replace(/[,，\s]/g, "");
    return plain === "" ? null : Number.isFinite(Number(plain)) ? Number(plain) : -1;
}
const orNull = (typed: string) => typed.trim() || null;

/*
 * What the form itself can say is wrong, before anything is sent: amounts that are no whole numbers, and such without a unit. All
 * else the server knows better.
 */
export function faultsIn(form: Form): FieldError[] {
    const faults: FieldError[] = [];
    const tell = (field: string, [message, message_zh]: Word) => faults.push({ field, message, message_zh });
    const check = (where: string, quantity: string, unit: string) => {
        const amount = number(quantity);
        if (amount !== null && !(Number.isSafeInteger(amount) && amount > 0)) tell(`${where}.quantity`, W.FAULT_WHOLE);
        if (amount !== null && unit.trim() === "") tell(`${where}.unit`, W.FAULT_UNIT);
        if (amount === null && unit.trim() !== "") tell(`${where}.quantity`, W.FAULT_QUANTITY);
    };
    for (const member of ["offers", "needs", "seeks"] as const)
        form[member].forEach((one, n) => check(`${member}[${n}]`, one.quantity, one.unit));
    form.conditions.forEach((one, n) => {
        if (one.kind === "organisation" ? one.organisation === null : one.value.trim() === "")
            tell(`conditions[${n}].${one.kind === "organisation" ? "organisation_id" : "value"}`, W.FAULT_CHOOSE);
    });
    const most = number(form.meetings_max);
    if (most !== null && !(Number.isSafeInteger(most) && most > 0)) tell("meetings_max", W.FAULT_WHOLE);
    return faults;
}

/* The document, and where in the form the volumes stand: they are rows of offers and needs there. */
export interface Said {
    body: ProfileSaid;
    volumes: string[];
}

export function saidOf(form: Form, base: Profile): Said {
    const volumes: string[] = [],
        rows: ProfileSaid["volumes"] = [];
    for (const [member, side] of [
        ["offers", "offer"],
        ["needs", "need"],
    ] as const)
        form[member].forEach((one, n) => {
            if (one.quantity.trim() === "" && one.unit.trim() === "") return;
            volumes.push(`${member}[${n}]`);
            rows.push({ node: one.node, side, quantity: number(one.quantity) ?? 0, unit: one.unit.trim() });
        });
    const claims = (list: Claim[]) => list.map(({ node, basis }) => ({ node, basis }));
    return {
        volumes,
        body: {
            revision: base.revision,
            state: form.takesPart ? "active" : "withdrawn",
            offers: claims(form.offers),
            needs: claims(form.needs),
            volumes: rows,
            seeks: form.seeks.map((one) => ({
                kind: one.kind,
                node: one.node,
                quantity: number(one.quantity),
                unit: orNull(one.unit),
                by_day: orNull(one.by_day),
                note: orNull(one.note),
            })),
            conditions: form.conditions.map((one) => ({
                strength: one.strength,
                kind: one.kind,
                value: one.kind === "organisation" ? null : orNull(one.value),
                organisation_id: one.kind === "organisation" ? (one.organisation?.id ?? null) : null,
            })),
            languages: form.languages,
            certificates: form.certificates.map((one) => one.trim()).filter(Boolean),
            days: form.days,
            meetings_max: number(form.meetings_max),
            leader: orNull(form.leader),
            note: orNull(form.note),
        },
    };
}

/* Faults by their place in the form: those of a volume stand at its offer or need. */
export function faultsOf(errors: FieldError[], said: Said): Map<string, FieldError> {
    return new Map(
        errors.map((one) => [
            one.field.replace(/^volumes\[(\d+)\]/, (whole, n: string) => said.volumes[Number(n)] ?? whole),
            one,
        ]),
    );
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

export function differs(a: Form, b: Form): boolean {
    return !same(a, b);
}

export interface Merge {
    form: Form; /* with one's own where both changed */
    conflicts: Member[];
    taken: Member[]; /* theirs, which one had not touched */
}

/* Three ways: what it was, what others made of it, what was typed here. */
export function merge(base: Form, theirs: Form, mine: Form): Merge {
    const result: Merge = { form: { ...mine }, conflicts: [], taken: [] };
    for (const member of MEMBERS) {
        if (same(theirs[member], base[member]) || same(theirs[member], mine[member])) continue;
        if (same(mine[member], base[member])) {
            take(result.form, theirs, member);
            result.taken.push(member);
        } else result.conflicts.push(member);
    }
    return result;
}

export function take<M extends Member>(form: Form, from: Form, member: M): void {
    form[member] = from[member];
}
