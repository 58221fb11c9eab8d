/* Which screen an address names. */
import * as W from "words";
import { say } from "../lang";
import { Link, usePlace } from "../router";
import { Empty } from "../ui/load";
import { Today } from "./today";

export function Screen() {
    const { path } = usePlace();
    if (path.length === 0) return <Today />;
    return <Empty title={say(W.NO_SCREEN)}><p><Link to="">{say(W.TODAY)}</Link></p></Empty>;
}
