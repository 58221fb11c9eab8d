/* The public site, in the language and for the edition of who looks. */
import { lang } from "../shared/lang";
import { chosen } from "./mine";

export function siteAddress(path: string): string {
    const edition = chosen.value?.edition;
    return edition ? `/${lang.value}/${edition}/${path}` : `/${lang.value}`;
}
