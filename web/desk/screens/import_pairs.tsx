/* Third step: rows that are probably an organisation of the register, or another row, under another spelling. */
import * as W from "words";
import type { Word } from "words";
import { say, told } from "../../shared/lang";
import { Link } from "../../shared/router";
import type { UploadDecision, UploadFinding, UploadRow } from "../types";
import { Empty } from "../../shared/ui/load";
import type { StepProps } from "./import";

const ANSWERS: [UploadDecision["decision"], Word][] = [
    ["same", W.PAIR_SAME],
    ["different", W.DUP_DIFFERENT],
    ["later", W.DUP_LATER],
];

function isAbout(decision: UploadDecision, row: UploadRow, finding: UploadFinding): boolean {
    return (
        decision.record === row.record &&
        (finding.of_id ? decision.of_id === finding.of_id : decision.of_record === finding.of)
    );
}

export function ImportPairs({ upload, set }: StepProps) {
    const pairs = upload.rows.flatMap((row) =>
        (row.findings ?? []).filter((f) => f.of_id || f.of).map((finding) => ({ row, finding })),
    );
    const decisions = upload.settings.decisions ?? [];
    const names = (row: UploadRow) =>
        (upload.columns ?? [])
            .map((c, n) => (c.field.startsWith("name_") ? row.cells[n] : ""))
            .filter(Boolean)
            .join(" / ");
    const decide = (row: UploadRow, finding: UploadFinding, decision: UploadDecision["decision"]) => {
        const about = finding.of_id ? { of_id: finding.of_id } : { of_record: finding.of ?? 0 };
        set((now) => ({
            decisions: [
                ...(now.decisions ?? []).filter((d) => !isAbout(d, row, finding)),
                { record: row.record ?? 0, ...about, decision },
            ],
        }));
    };
    if (pairs.length === 0) return <Empty title={say(W.DUP_NONE)} />;
    return (
        <div class="scroll">
            <table class="records">
                <thead>
                    <tr>
                        <th scope="col">{say(W.PAIR_IN_FILE)}</th>
                        <th scope="col">{say(W.PAIR_OTHER)}</th>
                        <th scope="col">{say(W.GAP_REASON)}</th>
                        <th scope="col">{say(W.PAIR_ANSWER)}</th>
                    </tr>
                </thead>
                <tbody>
                    {pairs.map(({ row, finding }, n) => (
                        <tr key={n}>
                            <th scope="row">
                                <bdi>{names(row)}</bdi> <small>{say(W.IMPORT_LINE, row.line)}</small>
                            </th>
                            <td>
                                {finding.of_name ? (
                                    <>
                                        <bdi>{finding.of_name}</bdi>{" "}
                                    </>
                                ) : null}
                                {finding.of_id ? (
                                    <Link to={`records/organisation/${finding.of_id}`}>
                                        {say(W.PAIR_IN_REGISTER, String(finding.of_id))}
                                    </Link>
                                ) : (
                                    say(W.IMPORT_LINE, finding.of_line ?? 0)
                                )}
                            </td>
                            <td>{told(finding, "reason")}</td>
                            <td>
                                {ANSWERS.map(([answer, word]) => (
                                    <label class="check" key={answer}>
                                        <input
                                            type="radio"
                                            name={`pair-${n}`}
                                            checked={decisions.some(
                                                (d) => isAbout(d, row, finding) && d.decision === answer,
                                            )}
                                            onChange={() => decide(row, finding, answer)}
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
    );
}
