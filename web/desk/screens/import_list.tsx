/* The files that were brought: what came of each, the way on for those not finished, and the way back. */
import { useState } from "preact/hooks";
import * as W from "words";
import type { Word } from "words";
import { query } from "../../shared/api";
import { moment, say } from "../../shared/lang";
import { UndoBatch } from "../records/line";
import { Link } from "../../shared/router";
import type { Page, UploadListed } from "../types";
import { Empty, Loading, useGet } from "../../shared/ui/load";

const LIMIT = 20;

function state(upload: UploadListed): Word {
    if (upload.undone_by) return W.UPLOAD_UNDONE;
    return { open: W.UPLOAD_OPEN, applied: W.UPLOAD_APPLIED, dropped: W.UPLOAD_DROPPED }[upload.state];
}

function Outcome({ upload, reload }: { upload: UploadListed; reload: () => void }) {
    if (upload.state === "open") return <Link to={`import/${upload.id}`}>{say(W.UPLOAD_GO_ON)}</Link>;
    if (upload.state === "dropped") return <>{"–"}</>;
    if (!upload.batch) return <>{say(W.UPLOAD_NO_CHANGE)}</>;
    return (
        <>
            <Link to={`log/${upload.batch}`}>{say(W.UPLOAD_CHANGES, upload.changes)}</Link>{" "}
            {upload.undone_by ? (
                <Link to={`log/${upload.undone_by}`}>{say(W.LOG_UNDONE, String(upload.undone_by))}</Link>
            ) : (
                <UndoBatch batch={upload.batch} reload={reload} />
            )}
        </>
    );
}

export function ImportList() {
    const [before, setBefore] = useState<number | null>(null);
    const loaded = useGet<Page<UploadListed>>(`uploads?${query({ limit: LIMIT, before })}`);
    return (
        <section aria-labelledby="uploads">
            <h2 id="uploads">{say(W.UPLOADS)}</h2>
            <Loading of={loaded}>
                {(page) =>
                    page.items.length === 0 ? (
                        <Empty title={say(W.UPLOADS_NONE)}>
                            <p>{say(W.UPLOADS_NONE_HELP)}</p>
                        </Empty>
                    ) : (
                        <>
                            <div class="scroll">
                                <table class="records">
                                    <thead>
                                        <tr>
                                            <th scope="col">{say(W.UPLOAD_FILE)}</th>
                                            <th scope="col">{say(W.STATE)}</th>
                                            <th scope="col">{say(W.UPLOAD_CAME_OF_IT)}</th>
                                            <th scope="col">{say(W.UPLOAD_BY)}</th>
                                            <th scope="col">{say(W.LOG_WHEN)}</th>
                                        </tr>
                                    </thead>
                                    <tbody>
                                        {page.items.map((upload) => (
                                            <tr key={upload.id}>
                                                <th scope="row">
                                                    <Link to={`import/${upload.id}`}>
                                                        <bdi>{upload.name}</bdi>
                                                    </Link>
                                                </th>
                                                <td>{say(state(upload))}</td>
                                                <td>
                                                    <Outcome upload={upload} reload={loaded.reload} />
                                                </td>
                                                <td>
                                                    <bdi>{upload.by}</bdi>
                                                </td>
                                                <td>{moment(upload.created_ms)}</td>
                                            </tr>
                                        ))}
                                    </tbody>
                                </table>
                            </div>
                            {before !== null || page.next ? (
                                <nav class="pager" aria-label={say(W.PAGER)}>
                                    {before !== null ? (
                                        <button type="button" onClick={() => setBefore(null)}>
                                            {say(W.UPLOADS_NEWEST)}
                                        </button>
                                    ) : null}
                                    {page.next ? (
                                        <button type="button" onClick={() => setBefore(Number(page.next))}>
                                            {say(W.PAGE_AFTER)}
                                        </button>
                                    ) : null}
                                </nav>
                            ) : null}
                        </>
                    )
                }
            </Loading>
        </section>
    );
}
