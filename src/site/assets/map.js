/*
 * Makes a chain map easier to follow: pointing at a node, or moving the focus to it, lights up what it is made from and
 * what it goes into; the arrow keys move between nodes; opening a node shows its firms beside the map. Without this
 * script the map is a picture with links to the table or list below. A map without a panel leads there with it, too.
 */
(function () {
    "use strict";
    var map = document.getElementById("map");
    var panel = document.getElementById("panel");
    if (!map || !map.querySelectorAll) return;

    var boxes = {}, order = [], links = [];
    Array.prototype.forEach.call(map.querySelectorAll("a.b"), function (box) {
        boxes[box.getAttribute("data-n")] = box;
        order.push(box);
    });
    Array.prototype.forEach.call(map.querySelectorAll("path.l[data-from]"), function (path) {
        links.push({path: path, from: path.getAttribute("data-from"), to: path.getAttribute("data-to")});
    });

    function mark(number, on) {
        var group = boxes[number] && boxes[number].parentNode;
        if (group) group.classList.toggle("near", on);
    }

    /* All nodes up and all nodes down from one; links on the way are lit. */
    function walk(start, key, next, lit, near) {
        var todo = [start], seen = {};
        seen[start] = true;
        while (todo.length > 0) {
            var at = todo.pop();
            links.forEach(function (link) {
                if (link[key] !== at) return;
                lit.push(link.path);
                near[link[next]] = true;
                if (!seen[link[next]]) {
                    seen[link[next]] = true;
                    todo.push(link[next]);
                }
            });
        }
    }

    var lit = [], near = {};
    function clear() {
        lit.forEach(function (path) { path.classList.remove("lit"); });
        Object.keys(near).forEach(function (number) { mark(number, false); });
        lit = [];
        near = {};
        map.classList.remove("follow");
    }
    function follow(box) {
        var number = box.getAttribute("data-n");
        clear();
        near[number] = true;
        walk(number, "to", "from", lit, near);
        walk(number, "from", "to", lit, near);
        lit.forEach(function (path) { path.classList.add("lit"); });
        Object.keys(near).forEach(function (key) { mark(key, true); });
        map.classList.add("follow");
    }

    function boxOf(target) {
        return target && target.closest ? target.closest("a.b") : null;
    }
    map.addEventListener("mouseover", function (event) {
        var box = boxOf(event.target);
        if (box) follow(box);
    });
    map.addEventListener("mouseleave", function () {
        var box = boxOf(document.activeElement);
        if (box) follow(box); else clear();
    });
    /* On the frame: Chromium makes an SVG that listens for focus a stop of the Tab key. */
    map.parentNode.addEventListener("focusin", function (event) {
        var box = boxOf(event.target);
        if (box) follow(box);
    });
    map.parentNode.addEventListener("focusout", clear);

    /* Arrows: up and down in reading order; left and right to the nearest linked node. */
    function place(box) {
        return box.getBoundingClientRect();
    }
    function nearest(box, key, next) {
        var number = box.getAttribute("data-n"), here = place(box), best = null, least = Infinity;
        links.forEach(function (link) {
            if (link[key] !== number) return;
            var there = boxes[link[next]], distance = there ? Math.abs(place(there).top - here.top) : Infinity;
            if (distance < least) {
                least = distance;
                best = there;
            }
        });
        return best;
    }
    map.addEventListener("keydown", function (event) {
        var box = boxOf(event.target), target = null;
        if (!box) return;
        if (event.key === "ArrowDown") target = order[order.indexOf(box) + 1];
        else if (event.key === "ArrowUp") target = order[order.indexOf(box) - 1];
        else if (event.key === "ArrowRight") target = nearest(box, "from", "to");
        else if (event.key === "ArrowLeft") target = nearest(box, "to", "from");
        else return;
        event.preventDefault();
        if (target) target.focus();
    });

    /* Edges fade where there is more to scroll to. */
    var frame = map.closest(".map-scroll");
    function fade() {
        frame.classList.toggle("more-before", frame.scrollLeft > 1);
        frame.classList.toggle("more-after", frame.scrollLeft + frame.clientWidth < frame.scrollWidth - 1);
    }
    frame.addEventListener("scroll", fade, {passive: true});
    window.addEventListener("resize", fade);
    /* With the next frame: asked now, the browser would have to lay out the whole page first. */
    requestAnimationFrame(fade);

    /* The panel shows the row of the table, so that both always say the same. */
    if (!panel) return;
    var opener = null;
    function close() {
        panel.hidden = true;
        if (opener) opener.focus();
    }
    function show(box) {
        var row = document.getElementById(decodeURIComponent(box.getAttribute("href").slice(1)));
        var body = panel.querySelector("div"), head = document.createElement("h2"), heads;
        if (!row) return false;
        while (body.firstChild) body.removeChild(body.firstChild);
        Array.prototype.forEach.call(row.cells[0].childNodes, function (part) {
            head.appendChild(part.cloneNode(true));
        });
        body.appendChild(head);
        heads = row.closest("table").tHead.rows[0].cells;
        for (var i = 1; i < row.cells.length; i++) {
            if (!row.cells[i].hasChildNodes()) continue;
            var line = document.createElement("div"), name = document.createElement("strong");
            name.textContent = heads[i].textContent + ": ";
            line.appendChild(name);
            Array.prototype.forEach.call(row.cells[i].childNodes, function (part) {
                line.appendChild(part.cloneNode(true));
            });
            body.appendChild(line);
        }
        opener = box;
        panel.hidden = false;
        panel.focus();
        panel.scrollIntoView({block: "nearest"});
        return true;
    }
    map.addEventListener("click", function (event) {
        var box = boxOf(event.target);
        if (box && !event.ctrlKey && !event.metaKey && !event.shiftKey && show(box)) event.preventDefault();
    });
    panel.querySelector("button").addEventListener("click", close);
    panel.addEventListener("keydown", function (event) {
        if (event.key === "Escape") close();
    });
}());
