/*
 * Markdown as visitors will see it, drawn by the server as on the site (POST /api/v1/preview). Its HTML is taken apart by a
 * parser that runs nothing and drawn again from the elements that Markdown has, so that nothing else can stand here.
 */
import { h } from "preact";
import type { ComponentChild } from "preact";
import * as W from "words";
import { ask } from "../../shared/api";
import { say } from "../../shared/lang";
import { Loading, useRead } from "../../shared/ui/load";

const ELEMENTS = /^(p|br|hr|em|strong|code|pre|blockquote|ul|li|h[3-6])$/;
const ASK_AFTER_MS = 300;

function drawn(node: Node, key: number): ComponentChild {
    if (node.nodeType === Node.TEXT_NODE) return node.textContent;
    if (!(node instanceof Element)) return null;
    const children = [...node.childNodes].map(drawn),
        name = node.localName;
    if (ELEMENTS.test(name)) return h(name, { key }, ...children);
    if (name === "ol")
        return (
            <ol key={key} start={Number(node.getAttribute("start")) || 1}>
                {children}
            </ol>
        );
    const href = node.getAttribute("href") ?? "";
    if (name === "a" && /^https?:/i.test(href))
        return (
            <a key={key} href={href} rel="nofollow noopener" target="_blank">
                {children}
            </a>
        );
    return children;
}

export function MarkdownPreview({ text, lang }: { text: string; lang: string | undefined }) {
    const loaded = useRead(text, async (signal) => {
        await new Promise((resolve) => setTimeout(resolve, ASK_AFTER_MS));
        return text.trim() === "" || signal.aborted ? "" : ask<string>("POST", "preview", { text }, { signal });
    });
    return (
        <Loading of={loaded}>
            {(html) =>
                html === "" ? (
                    <p class="note">{say(W.PREVIEW_EMPTY)}</p>
                ) : (
                    <div class="prose" lang={lang}>
                        {[...new DOMParser().parseFromString(html, "text/html").body.childNodes].map(drawn)}
                    </div>
                )
            }
        </Loading>
    );
}
