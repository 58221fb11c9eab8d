/* Who is signed in, and what that one may do. */
import { Problem, ask, csrf, post, signedInAgain } from "./api";
import { cell, remembered } from "./cell";
import { lang } from "./lang";
import type { Session } from "../api-types";

/* undefined = not asked yet, null = nobody is signed in. */
export const session = cell<Session | null | undefined>(undefined);

function take(got: Session | null): void {
    csrf.set(got?.csrf ?? "");
    const own = got?.account.language;
    if (!remembered("lang") && (own === "en" || own === "zh")) lang.set(own);
    session.set(got);
}

export async function findSession(): Promise<void> {
    try {
        take(await ask<Session>("GET", "session", undefined, { anonymous: true }));
    } catch (error) {
        if (!(error instanceof Problem)) throw error;
        take(null);
    }
}

export async function signIn(email: string, password: string): Promise<void> {
    take(await ask<Session>("POST", "session", { email, password }, { anonymous: true }));
    signedInAgain();
}

export async function changePassword(old: string, password: string): Promise<void> {
    take(await post("session/password", { old_password: old, new_password: password }));
}

export async function askForLink(email: string): Promise<void> {
    await ask("POST", "session/link", { email }, { anonymous: true });
}

export async function redeem(token: string, password: string): Promise<void> {
    take(await ask<Session>("POST", "session/redeem", password ? { token, password } : { token }, { anonymous: true }));
}

export async function signOut(): Promise<void> {
    await ask("DELETE", "session", undefined, { anonymous: true });
    take(null);
}

/* Whether the right is held anywhere; the server decides about each record. */
export function may(right: string): boolean {
    return session.value?.rights.includes(right) ?? false;
}

/* Whether all that the account does is in the portal: everybody else reads at the desk. */
export function isExhibitorOnly(): boolean {
    return session.value != null && !session.value.must_change && !may("desk-read");
}
