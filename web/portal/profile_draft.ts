/* What was typed and not saved, kept in this browser with what it was begun from, until it is saved or given up. */
import { forget, remember, remembered } from "../shared/cell";
import { session } from "../shared/session";
import { chosen } from "./mine";
import type { Form } from "./profile_model";
import type { Profile } from "../api-types";

interface Draft {
    base: Profile;
    form: Form;
}

/* Each account its own: browsers are shared at stands. */
const key = () => `profile-${session.value?.account.id ?? 0}-${chosen.value?.id ?? 0}`;

export function findDraft(): Draft | null {
    try {
        return JSON.parse(remembered(key()) ?? "null") as Draft | null;
    } catch {
        return null;
    }
}

export function keepDraft(draft: Draft): void {
    remember(key(), JSON.stringify(draft));
}

export function dropDraft(): void {
    forget(key());
}
