/* Third step: rows that are probably an organisation of the register under another spelling. */
import * as W from "words";
import { patch } from "../api";
import { useCell } from "../cell";
import { say } from "../lang";
import { recordName, tables } from "../records/schema";
import { Link } from "../router";
import type { Upload, UploadPair } from "../types";
import { useDeed } from "../ui/busy";
import { Empty, Fault } from "../ui/load";

const ANSWERS: [NonNullable<UploadPair["decision"]>, typeof W.DUP_DIFFERENT][] = [
    ["same", W.PAIR_SAME],
    ["different", W.DUP_DIFFERENT],
    ["later", W.DUP_LATER],
];

export function ImportPairs({ upload, reload }: { upload: Upload; reload: () => void }) {
    const deed = useDeed(),
        table = useCell(tables)?.get("organisation");
    if (upload.pairs.length === 0 || !table) return <Empty title={say(W.DUP_NONE)} />;
    return (
        <>
            {deed.error !== undefined ? <Fault error={deed.error} /> : null}
            <div class="scroll">
                <table class="records">
                    <thead>
                        <tr>
                            <th scope="col">{say(W.PAIR_IN_FILE)}</th>
                            <th scope="col">{say(W.PAIR_IN_REGISTER)}</th>
                            <th scope="col">{say(W.GAP_REASON)}</th>
                            <th scope="col">{say(W.PAIR_ANSWER)}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {upload.pairs.map((pair) => (
                            <tr key={`${pair.line}-${pair.organisation.id}`}>
                                <th scope="row">
                                    <bdi>{pair.name}</bdi> <small>{say(W.IMPORT_LINE, pair.line)}</small>
                                </th>
                                <td>
                                    <Link to={`records/organisation/${pair.organisation.id}`}>
                                        <bdi>{recordName(table, pair.organisation)}</bdi>
                                    </Link>
                                </td>
                                <td>{pair.reasons.join(say(W.COMMA))}</td>
                                <td>
                                    {ANSWERS.map(([answer, word]) => (
                                        <label class="check" key={answer}>
                                            <input
                                                type="radio"
                                                name={`pair-${pair.line}-${pair.organisation.id}`}
                                                checked={pair.decision === answer}
                                                disabled={deed.isBusy}
                                                onChange={() =>
                                                    void deed.run(async () => {
                                                        await patch(`uploads/${upload.id}`, {
                                                            decisions: [
                                                                {
                                                                    line: pair.line,
                                                                    organisation_id: pair.organisation.id,
                                                                    decision: answer,
                                                                },
                                                            ],
                                                        });
                                                        reload();
                                                    })
                                                }
                                            />
                                            {say(word)}{" "}
                                        </label>
                                    ))}
                                </td>
                            </tr>
                        ))}
                    </tbody>
                </table>
            </div>
        </>
    );
}
