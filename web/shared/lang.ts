/* Words, numbers and dates in the language of the person at the desk. */
import type { Word } from "words";
import { cell, remember, remembered } from "./cell";

export type Lang = "en" | "zh";

function preferred(): Lang {
    const kept = remembered("lang");
    if (kept === "en" || kept === "zh") return kept;
    return (navigator.languages ?? [navigator.language])
        .map((l) => l.slice(0, 2))
        .find((l) => l === "zh" || l === "en") === "zh"
        ? "zh"
        : "en";
}

export const lang = cell<Lang>(preferred());

export function chooseLang(to: Lang): void {
    remember("lang", to);
    lang.set(to);
}

/* BCP 47, for Intl and for the lang attribute. */
export function tag(): string {
    return lang.value === "zh" ? "zh-Hans-CN" : "en-GB";
}

/* A word, or a template whose marks (%s, %u, ...) take the arguments in their order; numbers are written as people do. */
export function say(word: Word, ...args: (string | number)[]): string {
    let next = 0;
    return word[lang.value === "zh" ? 1 : 0].replace(/%[a-z%]/g, (mark) => {
        if (mark === "%%") return "%";
        const arg = args[next++];
        return typeof arg === "number" ? count(arg) : (arg ?? "");
    });
}

/* The text of {en, zh}, in the other language where it is missing in this one. */
export function inLang(pair: { en: string | null; zh: string | null } | undefined): string {
    if (!pair) return "";
    return (lang.value === "zh" ? pair.zh || pair.en : pair.en || pair.zh) || "";
}

/* The same of {name_en, name_zh} or {name: {en, zh}}. */
export function pick(record: object, name: string): string {
    const texts = record as Record<string, unknown>;
    const pair = texts[name];
    if (typeof pair === "object" && pair !== null) return inLang(pair as { en: string | null; zh: string | null });
    const first = texts[`${name}_${lang.value}`],
        other = texts[`${name}_${lang.value === "zh" ? "en" : "zh"}`];
    return String(first || other || "");
}

/* What the server says in English, or in Chinese where it stands beside it: {message, message_zh}. */
export function told(record: object, name: string): string {
    const texts = record as Record<string, unknown>;
    return String((lang.value === "zh" && texts[`${name}_zh`]) || texts[name] || "");
}

export function count(n: number): string {
    return new Intl.NumberFormat(tag()).format(n);
}

/* A day and time of day, in the zone of the browser. */
export function moment(ms: number): string {
    return new Intl.DateTimeFormat(tag(), { dateStyle: "medium", timeStyle: "short" }).format(new Date(ms));
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
    ["day", 86400],
    ["hour", 3600],
    ["minute", 60],
];

/* "5 minutes ago"; beyond a week the day itself. */
export function ago(ms: number): string {
    const seconds = Math.max(0, (Date.now() - ms) / 1000);
    if (seconds > 7 * 86400) return moment(ms);
    const words = new Intl.RelativeTimeFormat(tag(), { numeric: "auto" });
    for (const [unit, length] of STEPS) if (seconds >= length) return words.format(-Math.floor(seconds / length), unit);
    return words.format(0, "second");
}

export function bytes(n: number): string {
    const unit = n >= 1 << 20 ? "megabyte" : n >= 1 << 10 ? "kilobyte" : "byte";
    const of = { megabyte: 1 << 20, kilobyte: 1 << 10, byte: 1 }[unit];
    return new Intl.NumberFormat(tag(), { style: "unit", unit, maximumFractionDigits: 1 }).format(n / of);
}
