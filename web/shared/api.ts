/*
 * Speaking to the server. A reading that does not get through waits and is asked again by itself; a change that does not
 * get through is told to its screen, which still has what was typed, because only its user knows whether it was made.
 */
import type { Routes, Writes } from "../api-types";
import { cell } from "./cell";
import { lang, tag } from "./lang";
import { sendFile } from "./send_file";

export interface FieldError {
    field: string;
    message: string;
    message_zh?: string;
}
/* What is wrong, in the language of the desk where the server says it in both. */
export function errorText(error: { message: string; message_zh?: string }): string {
    return (lang.value === "zh" && error.message_zh) || error.message;
}

export interface Conflict {
    field: string;
    base: unknown;
    theirs: unknown;
    yours: unknown;
    by: string | null;
    at_ms: number;
}

/* A reply that says no, as problem details (RFC 9457). */
export class Problem extends Error {
    status: number;
    kind: string; /* "conflict": the last segment of the type */
    errors: FieldError[];
    conflicts: Conflict[];
    retryAfter: number; /* seconds, 0 = not said */
    body: Record<string, unknown>;

    constructor(status: number, body: Record<string, unknown>, retryAfter: number) {
        super(String(body.detail ?? body.title ?? status));
        this.status = status;
        this.body = body;
        this.kind =
            String(body.type ?? "")
                .split("/")
                .pop() ?? "";
        this.errors = (body.errors as FieldError[] | undefined) ?? [];
        this.conflicts = (body.conflicts as Conflict[] | undefined) ?? [];
        this.retryAfter = retryAfter;
    }
}

/* The server was not reached, or the answer did not arrive. */
export class Unreachable extends Error {}

export const reachable = cell(true);
/* Set while somebody must sign in again before anything else goes through. */
export const sessionEnded = cell(false);
export const csrf = cell("");

const RETRY_FIRST_MS = 1000,
    RETRY_MAX_MS = 15000;
let recovery: Promise<void> | null = null;
let renewal: { done: Promise<void>; resolve: () => void } | null = null;

function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
        const wake = () => {
            clearTimeout(timer);
            removeEventListener("online", wake);
            resolve();
        };
        const timer = setTimeout(wake, ms);
        addEventListener("online", wake);
    });
}

async function recover(): Promise<void> {
    for (let wait = RETRY_FIRST_MS; ; wait = Math.min(wait * 2, RETRY_MAX_MS)) {
        await pause(wait);
        try {
            /* Any answer of the program will do; a proxy without a program behind it answers 502 to 504. */
            const reply = await fetch("/api/v1/editions?limit=1", { cache: "no-store" });
            if (reply.status < 502) break;
        } catch {
            continue;
        }
    }
    recovery = null;
    reachable.set(true);
}

/* Resolves when the server answers again. */
export function whenReachable(): Promise<void> {
    reachable.set(false);
    return (recovery ??= recover());
}

/* Resolves when somebody has signed in again. */
function whenSignedIn(): Promise<void> {
    if (!renewal) {
        let resolve = () => {};
        const done = new Promise<void>((r) => {
            resolve = r;
        });
        renewal = { done, resolve };
        sessionEnded.set(true);
    }
    return renewal.done;
}

export function signedInAgain(): void {
    sessionEnded.set(false);
    renewal?.resolve();
    renewal = null;
}

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
interface Options {
    signal?: AbortSignal;
    bytes?: Blob;
    anonymous?: boolean;
    progress?: (sent: number) => void; /* of the bytes */
}

async function send(method: Method, path: string, body: unknown, options: Options): Promise<Response> {
    const headers: Record<string, string> = { Accept: "application/json", "Accept-Language": tag() };
    const init: RequestInit = { method, headers, credentials: "same-origin", cache: "no-store" };
    if (options.signal) init.signal = options.signal;
    if (method !== "GET" && csrf.value) headers["X-CSRF-Token"] = csrf.value;
    if (options.bytes) {
        headers["Content-Type"] = options.bytes.type || "application/octet-stream";
        init.body = options.bytes;
    } else if (body !== undefined) {
        headers["Content-Type"] = "application/json";
        init.body = JSON.stringify(body);
    }
    try {
        const reply =
            options.bytes && options.progress
                ? await sendFile(method, path, {
                      headers,
                      bytes: options.bytes,
                      progress: options.progress,
                      signal: options.signal,
                  })
                : await fetch(path, init);
        if (reply.status >= 502 && reply.status <= 504) throw new Unreachable(String(reply.status));
        return reply;
    } catch (error) {
        if (error instanceof Unreachable || (error instanceof TypeError && !options.signal?.aborted))
            throw new Unreachable(String(error));
        throw error;
    }
}

async function read(reply: Response): Promise<unknown> {
    if (reply.status === 204) return null;
    const isJson = (reply.headers.get("Content-Type") ?? "").includes("json");
    const body: unknown = isJson ? await reply.json() : await reply.text();
    if (reply.ok) return body;
    throw new Problem(
        reply.status,
        isJson ? (body as Record<string, unknown>) : {},
        Number(reply.headers.get("Retry-After") ?? 0),
    );
}

/* One request. Throws Problem, Unreachable (never for GET), or an AbortError. */
export async function ask<T>(method: Method, path: string, body?: unknown, options: Options = {}): Promise<T> {
    for (;;) {
        try {
            return (await read(await send(method, path === "" ? "/api/v1" : `/api/v1/${path}`, body, options))) as T;
        } catch (error) {
            if (error instanceof Unreachable) {
                const again = whenReachable();
                if (method !== "GET") throw error;
                await again;
            } else if (error instanceof Problem && error.status === 401 && !options.anonymous) {
                await whenSignedIn();
            } else {
                throw error;
            }
        }
    }
}

/*
 * What an address gives, by the types that are made of the server's table of addresses: a path of which the table has no
 * row gives `never`, so that the compiler finds it. Paths are without /api/v1/, as they are asked for.
 */
type Fits<Path, Row> = Path extends `${infer P}/${infer Ps}`
    ? Row extends `${infer R}/${infer Rs}`
        ? FitsPart<P, R> extends true
            ? Fits<Ps, Rs>
            : false
        : false
    : Row extends `${string}/${string}`
      ? false
      : FitsPart<Path, Row>;
type FitsPart<P, R> = R extends `{${string}}` ? true : P extends R ? true : false;
type Plain<Path> = Path extends `${infer P}?${string}` ? P : Path;
type Reply<Table, Path extends string, Method extends string> = {
    [Row in keyof Table]: Row extends `${Method}/api/v1/${infer R}`
        ? Fits<Plain<Path>, R> extends true
            ? Table[Row] extends { reply: infer Given }
                ? Given
                : never
            : never
        : never;
}[keyof Table];
/* What a caller says of an address that the table does not describe goes before it. */
type Or<Said, Given> = [Said] extends [Described] ? Given : Said;
declare const described: unique symbol;
export type Described = { [described]: never };
export type Given<Said, Path extends string> = Or<Said, Reply<Routes, Path, "">>;
type Answer<Said, Method extends string, Path extends string> = Or<Said, Reply<Writes, Path, `${Method} `>>;

export const get = <T = Described, P extends string = string>(path: P, signal?: AbortSignal): Promise<Given<T, P>> =>
    ask("GET", path, undefined, signal ? { signal } : {});
export const post = <T = Described, P extends string = string>(path: P, body: unknown = {}): Promise<Answer<T, "POST", P>> =>
    ask("POST", path, body);
export const put = <T = Described, P extends string = string>(path: P, body: unknown): Promise<Answer<T, "PUT", P>> =>
    ask("PUT", path, body);
export const patch = <T = Described, P extends string = string>(path: P, body: unknown): Promise<Answer<T, "PATCH", P>> =>
    ask("PATCH", path, body);
export const remove = (path: string): Promise<null> => ask<null>("DELETE", path);

/* "name=value&..." of what is set. */
export function query(values: Record<string, string | number | null | undefined>): string {
    const set = new URLSearchParams();
    for (const [name, value] of Object.entries(values))
        if (value !== null && value !== undefined && value !== "") set.set(name, String(value));
    return set.toString();
}
