/* A deed of a button: not twice at once, and its failure in words. */
import { useState } from "preact/hooks";

export interface Deed {
    isBusy: boolean;
    error: unknown;
    run: (deed: () => Promise<void>) => Promise<boolean>;
    clear: () => void;
    fail: (error: unknown) => void;
}

export function useDeed(): Deed {
    const [isBusy, setBusy] = useState(false);
    const [error, setError] = useState<unknown>(undefined);
    return {
        isBusy,
        error,
        clear: () => setError(undefined),
        fail: setError,
        async run(deed) {
            if (isBusy) return false;
            setBusy(true);
            setError(undefined);
            try {
                await deed();
                return true;
            } catch (failure) {
                setError(failure);
                return false;
            } finally {
                setBusy(false);
            }
        },
    };
}
