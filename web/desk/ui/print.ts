/* Whether the page is being printed: then lists show all that they have, because paper cannot be asked for more. */
import { cell } from "../../shared/cell";

export const printing = cell(false);

addEventListener("beforeprint", () => printing.set(true));
addEventListener("afterprint", () => printing.set(false));
