/*
 * A strict reader of the site's own HTML: every element that opens closes, in order, every attribute value is quoted and
 * no name or id comes twice. A browser mends such faults in silence, so it cannot be asked about them.
 */
const VOID = new Set("area base br col embed hr img input link meta source track wbr".split(" "));
const TAG = /<!--[\s\S]*?-->|<!doctype [^>]*>|<(\/?)([a-zA-Z][a-zA-Z0-9-]*)((?:[^<>"]|"[^"]*")*)>/gy;
const ATTRIBUTE = /\s+([a-zA-Z][a-zA-Z0-9:-]*)(?:="([^"<]*)")?/gy;

function readAttributes(text, at, faults) {
    const attributes = new Map();
    const rest = text.replace(/\s*\/?$/, "");
    ATTRIBUTE.lastIndex = 0;
    while (ATTRIBUTE.lastIndex < rest.length) {
        const from = ATTRIBUTE.lastIndex, match = ATTRIBUTE.exec(rest);
        if (!match) {
            faults.push(`${at}: not an attribute: ${rest.slice(from, from + 60)}`);
            break;
        }
        if (attributes.has(match[1])) faults.push(`${at}: attribute ${match[1]} twice`);
        attributes.set(match[1], match[2] ?? "");
    }
    return attributes;
}

/* {faults, ids, links}: what is wrong, the ids, and the values of href and src (entities resolved). */
export function readHtml(text) {
    const faults = [], open = [], ids = new Set(), links = [];
    let position = 0;
    while (position < text.length) {
        if (text[position] !== "<") {
            const next = text.indexOf("<", position);
            const words = text.slice(position, next < 0 ? text.length : next);
            const bare = /&(?!(?:[a-z]+|#\d+|#x[0-9a-f]+);)/i.exec(words);
            if (bare) faults.push(`bare & in: ${words.slice(0, 60)}`);
            position = next < 0 ? text.length : next;
            continue;
        }
        TAG.lastIndex = position;
        const tag = TAG.exec(text);
        if (!tag) {
            faults.push(`not a tag: ${text.slice(position, position + 60)}`);
            break;
        }
        position = TAG.lastIndex;
        const [whole, slash, name, rest] = tag;
        if (name === undefined) continue;
        if (slash) {
            const last = open.pop();
            if (last !== name) faults.push(`</${name}> closes <${last}>`);
            continue;
        }
        const attributes = readAttributes(rest, `<${name}>`, faults);
        if (attributes.has("id")) {
            if (ids.has(attributes.get("id"))) faults.push(`id ${attributes.get("id")} twice`);
            ids.add(attributes.get("id"));
        }
        for (const key of ["href", "src"]) {
            if (attributes.has(key)) links.push(attributes.get(key).replaceAll("&amp;", "&"));
        }
        if (!VOID.has(name) && !whole.endsWith("/>")) open.push(name);
        /* Raw text: nothing but the closing tag ends it. */
        if (name === "script") position = Math.max(position, text.indexOf("</script>", position));
    }
    if (open.length > 0) faults.push(`never closed: ${open.join(" ")}`);
    return { faults, ids, links };
}
