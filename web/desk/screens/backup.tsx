/* A copy of everything, and whether everything is whole. */
import { useState } from "preact/hooks";
import * as W from "words";
import type { Check } from "../../api-types";
import { get } from "../../shared/api";
import { moment, say } from "../../shared/lang";
import { useDeed } from "../../shared/ui/busy";
import { Fault } from "../../shared/ui/load";

export function Backup() {
    const [check, setCheck] = useState<Check | null>(null),
        [atMs, setAt] = useState(0),
        deed = useDeed();
    return (
        <>
            <h1>{say(W.BACKUP)}</h1>
            <section>
                <h2>{say(W.BACKUP_TAKE)}</h2>
                <p>{say(W.BACKUP_HELP)}</p>
                <p>
                    <a class="button strong" href="/api/v1/backup" download>
                        {say(W.BACKUP_DOWNLOAD)}
                    </a>
                </p>
                <p class="note">
                    {say(W.BACKUP_RESTORE)} <code>fairlead restore</code>
                </p>
            </section>
            <section>
                <h2>{say(W.CHECK)}</h2>
                <p>{say(W.CHECK_HELP)}</p>
                <button
                    type="button"
                    disabled={deed.isBusy}
                    onClick={() =>
                        void deed.run(async () => {
                            setCheck(await get("check"));
                            setAt(Date.now());
                        })
                    }
                >
                    {say(W.CHECK_RUN)}
                </button>
                {deed.error !== undefined ? <Fault error={deed.error} /> : null}
                <div role="status">
                    {deed.isBusy ? (
                        <p class="note">{say(W.LOADING)}</p>
                    ) : check ? (
                        check.findings.length === 0 ? (
                            <p>{say(W.CHECK_GOOD, moment(atMs))}</p>
                        ) : (
                            <>
                                <p class="fault">{say(W.CHECK_BAD, check.findings.length)}</p>
                                <ul>
                                    {check.findings.map((f, n) => (
                                        <li key={n}>
                                            <bdi>{f}</bdi>
                                        </li>
                                    ))}
                                </ul>
                            </>
                        )
                    ) : null}
                </div>
            </section>
        </>
    );
}
