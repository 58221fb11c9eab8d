/*
 * Accepts an invitation: sends what stands behind "#" in the address, with the mail address and the name that are typed.
 * Written for the browser inside WeChat and others of 2015 and later.
 */
(function () {
    "use strict";
    var form = document.getElementById("join"), button = form.getElementsByTagName("button")[0];
    var secret = location.hash.slice(1);
    var answers = ["sent", "over", "wrong", "wait", "lost"];

    function show(answer) {
        answers.forEach(function (one) {
            document.getElementById("join-" + one).hidden = one !== answer;
        });
        form.hidden = answer === "sent" || answer === "over";
        button.disabled = false;
    }
    function value(name) {
        return form.elements[name].value;
    }
    function answerOf(status) {
        if (status === 204) return "sent";
        if (status === 401) return "over";
        if (status === 429) return "wait";
        return status === 400 || status === 422 ? "wrong" : "lost";
    }

    form.addEventListener("submit", function (event) {
        var request = new XMLHttpRequest();
        var language = form.querySelector("input[name=language]:checked").value;
        event.preventDefault();
        button.disabled = true;
        request.open("POST", "/api/v1/session/join");
        request.setRequestHeader("Content-Type", "application/json");
        request.onload = function () {
            show(answerOf(request.status));
        };
        request.onerror = function () {
            show("lost");
        };
        request.send(JSON.stringify({ token: secret, email: value("email"), name: value("name"), language: language }));
    });
    show(secret ? "" : "over");
})();
