/* Which of the two applications this is, by the address under which the server gives it. */
import * as W from "words";
import type { Word } from "words";

export const PORTAL = "/my",
    DESK = "/desk";

export const app: { root: string; name: Word } =
    location.pathname.split("/")[1] === "my" ? { root: PORTAL, name: W.PORTAL } : { root: DESK, name: W.DESK };
