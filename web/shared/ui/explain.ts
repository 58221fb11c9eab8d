/* What went wrong, in words for the person at the desk. */
import * as W from "words";
import { Problem, Unreachable, errorText } from "../api";
import { say } from "../lang";

export function explain(error: unknown): string {
    if (error instanceof Unreachable) return say(W.NOT_SENT);
    if (!(error instanceof Problem))
        return say(W.FAULT_OF_DESK, error instanceof Error ? error.message : String(error));
    if (error.status === 429 || error.retryAfter > 0) return say(W.WAIT_SECONDS, Math.max(1, error.retryAfter));
    if (error.status === 403) return `${say(W.DENIED)} ${error.message}`;
    if (error.status === 413) return `${say(W.TOO_LARGE)} ${error.message}`;
    if (error.status >= 500) return say(W.FAULT_OF_SERVER);
    /* Words of single fields stand beside them; those of the whole are said here. */
    const whole = error.errors.filter((e) => e.field === "" || /^operations\[\d+\]$/.test(e.field));
    if (whole.length > 0) return whole.map(errorText).join(" ");
    return error.message;
}
