/*
 * Suggestions under the search box: a combobox with a list (WAI-ARIA APG 1.2). Without this script the box is a form that
 * leads to the page of results. Ctrl+K moves to the box (a key alone would need a switch: WCAG 2.1.4).
 */
(function () {
    "use strict";
    var box = document.getElementById("find");
    if (!box || !window.fetch || !window.AbortController) return;
    var form = box.form, list = document.createElement("ul");
    var chosen = -1, request = null, timer = null, asked = "";

    list.id = "find-list";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", form.getAttribute("data-list"));
    form.appendChild(list);
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", list.id);
    box.setAttribute("aria-expanded", "false");
    box.setAttribute("autocomplete", "off");

    function close() {
        list.hidden = true;
        chosen = -1;
        box.setAttribute("aria-expanded", "false");
        box.removeAttribute("aria-activedescendant");
    }
    function choose(number) {
        var items = list.children;
        if (chosen >= 0) items[chosen].setAttribute("aria-selected", "false");
        chosen = items.length === 0 ? -1 : (number + items.length) % items.length;
        if (chosen < 0) return;
        items[chosen].setAttribute("aria-selected", "true");
        box.setAttribute("aria-activedescendant", items[chosen].id);
    }
    function show(found) {
        while (list.firstChild) list.removeChild(list.firstChild);
        found.forEach(function (one, number) {
            var item = document.createElement("li"), kind = document.createElement("small");
            item.id = "find-" + number;
            item.setAttribute("role", "option");
            item.setAttribute("aria-selected", "false");
            item.textContent = one.name + " ";
            kind.textContent = one.kind;
            item.appendChild(kind);
            item.addEventListener("mousedown", function (event) {
                event.preventDefault();
                window.location.href = one.address;
            });
            item.address = one.address;
            list.appendChild(item);
        });
        chosen = -1;
        box.removeAttribute("aria-activedescendant");
        list.hidden = found.length === 0;
        box.setAttribute("aria-expanded", String(found.length > 0));
    }
    function ask() {
        var words = box.value.trim();
        if (words === asked) return;
        asked = words;
        if (request) request.abort();
        if (words === "") {
            close();
            return;
        }
        request = new AbortController();
        fetch(form.action + "/suggest?q=" + encodeURIComponent(words), {signal: request.signal})
            .then(function (reply) { return reply.ok ? reply.json() : []; })
            .then(function (found) { if (words === asked) show(found); })
            .catch(function () { /* aborted, or out of reach: the form still works */ });
    }
    box.addEventListener("input", function () {
        clearTimeout(timer);
        timer = setTimeout(ask, 120);
    });
    box.addEventListener("keydown", function (event) {
        if (list.hidden) return;
        if (event.key === "ArrowDown") choose(chosen + 1);
        else if (event.key === "ArrowUp") choose(chosen < 0 ? -1 : chosen - 1);
        else if (event.key === "Escape") close();
        else if (event.key === "Enter" && chosen >= 0) window.location.href = list.children[chosen].address;
        else return;
        event.preventDefault();
    });
    box.addEventListener("blur", close);
    document.addEventListener("keydown", function (event) {
        if (event.key !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
        event.preventDefault();
        box.focus();
    });
}());
