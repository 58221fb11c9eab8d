/* Names of what the profile holds as codes: nodes, countries and regions; read once, when they are first needed. */
import { get, query } from "../shared/api";
import { cell } from "../shared/cell";
import { pick } from "../shared/lang";
import { chosen } from "./mine";

export interface Named {
    code: string;
    name_en: string | null;
    name_zh: string | null;
}

export const nodes = cell<Map<string, Named> | null>(null);
export const countries = cell<Named[]>([]);
export const regions = cell<Named[]>([]);

const PAGE = 1000;

async function all(list: string): Promise<Named[]> {
    const found: Named[] = [];
    let cursor: string | number | null = null;
    do {
        const page: { items: Named[]; next: string | number | null } = await get<{
            items: Named[];
            next: string | number | null;
        }>(`${list}?${query({ edition: chosen.value?.edition, fields: "code,name_en,name_zh", limit: PAGE, cursor })}`);
        found.push(...page.items);
        cursor = page.next;
    } while (cursor !== null);
    return found;
}

export async function findNames(): Promise<void> {
    const [nodeList, countryList, regionList] = await Promise.all([all("nodes"), all("countries"), all("regions")]);
    countries.set(countryList);
    regions.set(regionList);
    nodes.set(new Map(nodeList.map((one) => [one.code, one])));
}

export function nodeName(code: string): string {
    const node = nodes.value?.get(code);
    return node ? pick(node, "name") : code;
}

export function nameIn(list: Named[], code: string): string {
    const found = list.find((one) => one.code === code);
    return found ? pick(found, "name") : code;
}
