/*
 * Texts that would run, break out or mislead where a program forgets what is text: for every place a text can land in
 * (elements, attributes, scripts, addresses, Markdown, SVG, spreadsheets, lines of vCard and iCalendar), in English and
 * Chinese. What runs calls pwned().
 */
export const payloads = [
    "<script>pwned(1)</script>",
    "<img src=x onerror=pwned(2)>",
    "\"><img src=x onerror=pwned(3)>",
    "' onmouseover='pwned(4)' x='",
    "\" autofocus onfocus=\"pwned(5)",
    "</title></script></style></textarea><svg onload=pwned(6)>",
    "javascript:pwned(7)",
    "[x](javascript:pwned(8))",
    "![x](javascript:pwned(9)\"onerror=\"pwned(9))",
    "[x](https://e.example/\"onmouseover=\"pwned(10))",
    "<https://e.example/\"onclick=pwned(11)>",
    "{{constructor.constructor('pwned(12)')()}}${pwned(12)}",
    "--><!--]]><script>pwned(13)</script>",
    "&lt;script&gt;pwned(14)&lt;/script&gt;&#60;img src=x onerror=pwned(14)&#62;",
    "<a href=\"data:text/html,<script>pwned(15)</script>\">x</a>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=pwned(16)>",
    "\u202Egpj.exe\u202C\u200B\u2066pwned\u2069\uFEFF",
    "=HYPERLINK(\"https://e.example/?pwned\")",
    "+pwned+1", "@SUM(pwned)", "-pwned|' /C calc'!A0", "\uFF1Dpwned(17)",
    "\u4E2D\u6587<b onclick=pwned(18)>\u5C55\u5546</b>\uFF1B\uFF02onload=pwned(18)",
    "\\u003cscript\\u003epwned(19)\\u003c/script\\u003e",
];

/* What only text of several lines can hold: lines that would be properties of their own. */
export const lines = "x\r\nATTENDEE:mailto:pwned@e.example\r\nEND:VEVENT\r\nEND:VCARD\r\nX-PWNED:1";

/* As many payloads as fit into so many characters, from the given one on; one that begins a formula stands first. */
export function fill(from, charactersMax) {
    let text = "";
    for (let n = 0; n < payloads.length; n++) {
        const next = payloads[(from + n) % payloads.length];
        if ([...text].length + [...next].length + 1 <= charactersMax) text += (text === "" ? "" : " ") + next;
    }
    return text;
}

/*
 * In the page: what of a document would run, or is no part of it. `text` is HTML or SVG that is only read, by a parser
 * that runs nothing; without it the open document is looked at.
 */
export function whatRuns(text, type) {
    const root = text === undefined ? document : new DOMParser().parseFromString(text, type ?? "text/html");
    const found = [];
    if (type !== undefined && type !== "text/html" && root.querySelector("parsererror"))
        found.push(`not well formed: ${root.querySelector("parsererror").textContent.slice(0, 200)}`);
    for (const element of root.querySelectorAll("*")) {
        const name = element.localName;
        if (name === "script" && !element.hasAttribute("src") && element.type !== "application/ld+json") found.push(`a script: ${element.textContent.slice(0, 80)}`);
        if (name === "script" && element.hasAttribute("src") && !new URL(element.getAttribute("src"), "http://site").pathname.startsWith("/assets/")) found.push(`a script from ${element.getAttribute("src")}`);
        if (/^(iframe|object|embed|math|mglyph)$/.test(name) || (name === "base" && element.hasAttribute("href"))) found.push(`an element ${name}`);
        for (const { name: attribute, value } of element.attributes) {
            if (/^on/i.test(attribute)) found.push(`<${name} ${attribute}="${value.slice(0, 60)}">`);
            if (/^\s*(javascript|data:text|vbscript)/i.test(value) && /^(href|src|action|formaction|xlink:href|data|poster)$/i.test(attribute))
                found.push(`<${name} ${attribute}="${value.slice(0, 60)}">`);
            if (!/^[a-z][a-z0-9:_-]*$/i.test(attribute)) found.push(`<${name}> has an attribute ${attribute.slice(0, 40)}`);
            if (attribute === "style" && /pwned/.test(value)) found.push(`<${name} style="${value.slice(0, 60)}">`);
        }
        if (name === "img" && element.getAttribute("src") === "x") found.push("the planted picture");
    }
    return found;
}
