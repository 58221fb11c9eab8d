/* Finding a node of the catalogue as the public search does: by word, Han, pinyin with a typo, HS and CPC code. */
import { get, query } from "./api";
import { pick } from "./lang";
import type { Option } from "./ui/picker";

const SHOWN = 12;

/* Options by the codes of the nodes. */
export async function findNodes(words: string, edition: string, signal: AbortSignal): Promise<Option[]> {
    if (words.trim() === "") return [];
    const found = await get(`search?${query({ q: words, kind: "node", edition, limit: SHOWN })}`, signal);
    return found.items.map((hit) => ({ key: hit.key, name: pick(hit, "name"), note: hit.key }));
}
