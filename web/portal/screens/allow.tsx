/* What one allows: each purpose by itself, none beforehand, each to be taken back at any time. */
import * as W from "words";
import { put } from "../../shared/api";
import { moment, pick, say } from "../../shared/lang";
import { useDeed } from "../../shared/ui/busy";
import { Fault, Loading, useGet } from "../../shared/ui/load";
import { toast } from "../../shared/ui/toast";
import type { Consent } from "../../api-types";

function Purpose({ consent, reload }: { consent: Consent; reload: () => void }) {
    const deed = useDeed(),
        isGiven = consent.since_ms !== null;
    return (
        <li>
            {deed.error !== undefined ? <Fault error={deed.error} /> : null}
            <label class="switch">
                <input
                    type="checkbox"
                    checked={isGiven}
                    aria-busy={deed.isBusy}
                    onChange={(event) => {
                        const given = event.currentTarget.checked;
                        void deed.run(async () => {
                            await put("my/consents", { purpose: consent.purpose, given });
                            toast(say(given ? W.ALLOWED : W.NOT_ALLOWED));
                            reload();
                        });
                    }}
                />
                <span>
                    {pick(consent, "words")}
                    <small>
                        {consent.since_ms !== null ? say(W.ALLOWED_SINCE, moment(consent.since_ms)) : say(W.ALLOWED_NOT)}
                    </small>
                </span>
            </label>
        </li>
    );
}

export function Allow() {
    const loaded = useGet("my/consents");
    return (
        <>
            <h1>{say(W.ALLOW)}</h1>
            <p>{say(W.ALLOW_HELP)}</p>
            <Loading of={loaded}>
                {(page) => (
                    <ul class="rows">
                        {page.items.map((one) => (
                            <Purpose key={one.purpose} consent={one} reload={loaded.reload} />
                        ))}
                    </ul>
                )}
            </Loading>
        </>
    );
}
