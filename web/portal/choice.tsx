/* Who acts for several organisations, or for one in several editions, chooses; who acts for none is told what to do. */
import * as W from "words";
import { useCell } from "../shared/cell";
import { pick, say } from "../shared/lang";
import { Empty } from "../shared/ui/load";
import { choose, mine, nameOf } from "./mine";

export function Choice({ isOrganiser, desk }: { isOrganiser: boolean; desk: string }) {
    const all = useCell(mine);
    if (all.length === 0)
        return (
            <Empty title={say(W.MINE_NONE)}>
                <p>{say(W.MINE_NONE_HELP)}</p>
                {isOrganiser ? (
                    <p>
                        <a href={desk}>{say(W.DESK)}</a>
                    </p>
                ) : null}
            </Empty>
        );
    return (
        <>
            <h1>{say(W.MINE_CHOOSE)}</h1>
            <ul class="plain choose">
                {all.map((one) => (
                    <li key={one.id}>
                        <button type="button" onClick={() => choose(one)}>
                            <bdi>{nameOf(one)}</bdi>
                            <small>{pick(one, "edition") || one.edition}</small>
                        </button>
                    </li>
                ))}
            </ul>
        </>
    );
}
