/*
 * The place of the organisation in the chain, with its partners on it: what it offers in the middle, what that is made from on
 * the left, what it goes into on the right. Three columns, 360 units wide, as the map on the page of an exhibitor, so that it
 * fits a phone; the same stands in words below it.
 */
import * as W from "words";
import { pick, say } from "../../shared/lang";
import { useGet } from "../../shared/ui/load";
import type { MyPlace, PlaceNode, PlaceStep } from "../../api-types";
import { isLive, standingOf } from "../match_model";
import { own } from "../mine";
import { siteAddress } from "../site";
import type { Match } from "../types";

const WIDTH = 104,
    STEP = 128,
    MARGIN = 4,
    HEAD = 26,
    GAP = 8,
    LINE = 13,
    PAD = 6,
    BOXES = 8,
    EMPTY_UNTIL = 5; /* steps where nobody stands fill a column up to here */
const COLUMNS = { up: MARGIN, own: MARGIN + STEP, down: MARGIN + 2 * STEP };
const WHOLE = COLUMNS.down + WIDTH + MARGIN;

interface Box {
    node: PlaceNode;
    lines: string[];
    partners: Match[];
    firms: number; /* -1: the organisation's own */
    own: number[];
    y: number;
    height: number;
}

/* A Chinese character is about as wide as it is high, another one half of that. */
function widthOf(text: string): number {
    let width = 0;
    for (const c of text) width += (c.codePointAt(0) ?? 0) > 0x2e80 ? 10.5 : 5.7;
    return width;
}

/* The text in lines that fit, the last cut with "…". */
export function fit(text: string, width: number, most: number): string[] {
    const pieces = text.match(/[\u2e80-\uffff]+?[\uff09\uff0c\u3001\u3002\u300b]*|[^\u2e80-\uffff\s]+\s*/g) ?? [];
    const lines: string[] = [""];
    for (const piece of pieces) {
        const last = lines.length - 1;
        if (widthOf((lines[last] + piece).trim()) <= width || lines[last] === "") lines[last] += piece;
        else if (lines.length < most) lines.push(piece);
        else {
            lines[last] += "…";
            break;
        }
    }
    return lines.map((line) => {
        let cut = line.trim();
        while (widthOf(cut) > width) cut = `${cut.replace(/…$/, "").slice(0, -1).trim()}…`;
        return cut;
    });
}

function boxOf(node: PlaceNode, partners: Match[], firms: number, joined: number[]): Box {
    const lines = fit(pick(node, "name"), WIDTH - 2 * PAD, 2),
        more = firms < 0 ? 0 : Math.max(1, Math.min(2, partners.length));
    return { node, lines, partners, firms, own: joined, y: 0, height: (lines.length + more) * LINE + 2 * PAD };
}

/* Those where partners stand come first, those where nobody does last; what does not fit is left out. */
function sideOf(steps: PlaceStep[], live: Match[]): Box[] {
    const boxes = steps.map((one) =>
        boxOf(
            one,
            live.filter((m) => one.organisations.includes(m.partner.organisation_id)),
            one.firms,
            one.own,
        ),
    );
    const rank = (box: Box) => (box.partners.length > 0 ? 0 : box.firms > 0 ? 1 : 2);
    return boxes.sort((a, b) => rank(a) - rank(b)).filter((box, n) => n < (rank(box) < 2 ? BOXES : EMPTY_UNTIL));
}

function heightOf(boxes: Box[]): number {
    return boxes.reduce((sum, box) => sum + box.height + GAP, -GAP);
}

function stack(boxes: Box[], height: number): void {
    let y = HEAD + (height - heightOf(boxes)) / 2;
    for (const box of boxes) {
        box.y = y;
        y += box.height + GAP;
    }
}

function Line({ from, to, x, isLive }: { from: Box; to: Box; x: number; isLive: boolean }) {
    const a = from.y + from.height / 2,
        b = to.y + to.height / 2,
        end = x + STEP - WIDTH,
        half = x + (STEP - WIDTH) / 2;
    return <path class={isLive ? "l live" : "l"} d={`M${x} ${a}C${half} ${a} ${half} ${b} ${end} ${b}`} />;
}

/* From each step of a side to the own nodes it is joined to. */
function Lines({ side, own: middle, x, isDown }: { side: Box[]; own: Box[]; x: number; isDown: boolean }) {
    const pairs = side.flatMap((step) => step.own.map((n) => ({ step, own: middle[n] })));
    return (
        <>
            {pairs.map(({ step, own: mine }) => {
                if (!mine) return null;
                const [from, to] = isDown ? [mine, step] : [step, mine];
                return <Line key={`${from.node.node} ${to.node.node}`} from={from} to={to} x={x} isLive={step.partners.length > 0} />;
            })}
        </>
    );
}

function Node({ box, x }: { box: Box; x: number }) {
    const look = box.firms < 0 ? "own" : box.partners.length > 0 ? "many" : box.firms > 0 ? "one" : "none";
    const below = box.y + PAD + box.lines.length * LINE + 10;
    return (
        <>
            <a class={`b ${look}`} href={siteAddress(`nodes/${box.node.node}`)}>
                <rect x={x} y={box.y} width={WIDTH} height={box.height} rx={3} />
                <text x={x + PAD} y={box.y + PAD + 10}>
                    {box.lines.map((line, n) => (
                        <tspan key={n} x={x + PAD} dy={n > 0 ? LINE : 0}>
                            {line}
                        </tspan>
                    ))}
                </text>
            </a>
            {box.firms < 0 ? null : box.partners.length === 0 ? (
                <text class="k" x={x + PAD} y={below}>
                    {box.firms > 0 ? say(W.PLACE_FIRMS, box.firms) : `○ ${say(W.PLACE_NOBODY)}`}
                </text>
            ) : (
                box.partners.slice(0, 2).map((match, n) => (
                    <text class={standingOf(match) === "mutual" ? "partner-name mutual" : "partner-name"} x={x + PAD} y={below + n * LINE}>
                        {standingOf(match) === "mutual" ? "● " : "◦ "}
                        {
                            fit(
                                pick(match.partner, "name"),
                                WIDTH - 2 * PAD - (n === 1 && box.partners.length > 2 ? 30 : 12),
                                1,
                            )[0]
                        }
                        {n === 1 && box.partners.length > 2 ? ` +${box.partners.length - 2}` : ""}
                    </text>
                ))
            )}
        </>
    );
}

/* The steps at which partners stand, in words. */
function Words({ title, boxes }: { title: string; boxes: Box[] }) {
    const met = boxes.filter((box) => box.partners.length > 0);
    if (met.length === 0) return null;
    return (
        <>
            <dt>{title}</dt>
            {met.map((box) => (
                <dd key={box.node.node}>
                    {pick(box.node, "name")}
                    {say(W.COLON)}
                    {box.partners.map((m) => pick(m.partner, "name")).join(say(W.COMMA))}
                </dd>
            ))}
        </>
    );
}

function Drawn({ place, live }: { place: MyPlace; live: Match[] }) {
    const up = sideOf(place.up, live),
        down = sideOf(place.down, live),
        mid = place.own.slice(0, BOXES).map((node) => boxOf(node, [], -1, []));
    const height = Math.max(heightOf(up), heightOf(mid), heightOf(down));
    for (const boxes of [up, mid, down]) stack(boxes, height);
    const heads: [number, string][] = [
        [COLUMNS.up, say(W.PLACE_UP)],
        [COLUMNS.own, say(W.PLACE_OWN)],
        [COLUMNS.down, say(W.PLACE_DOWN)],
    ];
    const seen = new Set([...up, ...down].flatMap((box) => box.partners.map((m) => m.id)));
    const apart = live.filter((m) => !seen.has(m.id));
    return (
        <section class="my-place">
            <h2>{say(W.PLACE)}</h2>
            <p class="note">{say(W.PLACE_HELP)}</p>
            <svg
                class="map near"
                role="group"
                aria-label={say(W.PLACE)}
                aria-describedby="place-words"
                viewBox={`0 0 ${WHOLE} ${HEAD + height + GAP}`}
            >
                {heads.map(([x, text]) => (
                    <g class="title" key={x}>
                        <rect class="lane" x={x - MARGIN} y={0} width={WIDTH + 2 * MARGIN} height={HEAD + height + GAP} rx={4} />
                        <text x={x + PAD} y={17}>
                            {text}
                        </text>
                    </g>
                ))}
                <Lines side={up} own={mid} x={COLUMNS.up + WIDTH} isDown={false} />
                <Lines side={down} own={mid} x={COLUMNS.own + WIDTH} isDown={true} />
                {up.map((box) => (
                    <Node key={box.node.node} box={box} x={COLUMNS.up} />
                ))}
                {mid.map((box) => (
                    <Node key={box.node.node} box={box} x={COLUMNS.own} />
                ))}
                {down.map((box) => (
                    <Node key={box.node.node} box={box} x={COLUMNS.down} />
                ))}
            </svg>
            <dl class="place-words" id="place-words">
                <Words title={say(W.PLACE_UP_HELP)} boxes={up} />
                <Words title={say(W.PLACE_DOWN_HELP)} boxes={down} />
                {apart.length > 0 ? (
                    <>
                        <dt>{say(W.PLACE_APART)}</dt>
                        <dd>{apart.map((m) => pick(m.partner, "name")).join(say(W.COMMA))}</dd>
                    </>
                ) : null}
            </dl>
        </section>
    );
}

export function PlaceMap({ all }: { all: Match[] }) {
    const loaded = useGet<MyPlace>(own("place")),
        place = loaded.data;
    if (!place || place.own.length === 0) return null;
    return <Drawn place={place} live={all.filter(isLive)} />;
}
