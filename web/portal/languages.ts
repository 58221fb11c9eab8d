/* Languages people speak at an expo, by their code (ISO 639-1); their names come from the browser. */
import { tag } from "../shared/lang";

export const LANGUAGES = "zh en ja ko de fr es pt it ru ar nl th vi id ms tr hi pl kk".split(" ");

/* Browsers before Chromium 81 know no names: then the code stands. */
export function languageName(code: string): string {
    if (code === "" || !("DisplayNames" in Intl)) return code;
    try {
        return new Intl.DisplayNames([tag()], { type: "language" }).of(code) ?? code;
    } catch {
        return code;
    }
}
