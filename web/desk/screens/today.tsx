/* The morning page. */
import * as W from "words";
import { say } from "../lang";

export function Today() {
    return <h1>{say(W.TODAY)}</h1>;
}
