/* What the desk does beyond htmx: the live line, clocks, keys, and where the focus goes. */
"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);

  /* ---- Clocks count on the server's time: a desk computer's own may be wrong. */
  const skew = Date.parse(document.body.dataset.now) - Date.now();
  const now = () => Date.now() + skew;

  const elapsed = (seconds) => {
    const whole = Math.max(0, Math.floor(seconds));
    const two = (number) => String(number).padStart(2, "0");
    if (whole < 3600) return `${Math.floor(whole / 60)}:${two(whole % 60)}`;
    return `${Math.floor(whole / 3600)}\u00a0h\u00a0${two(Math.floor(whole / 60) % 60)}`;
  };

  const wall = (zone) => new Intl.DateTimeFormat("en-GB",
    { timeZone: zone, hour: "2-digit", minute: "2-digit" }).format(now());

  const tick = () => {
    for (const time of all("[data-since]")) {
      const seconds = (now() - Date.parse(time.dataset.since)) / 1000;
      time.textContent = elapsed(seconds);
      const bar = time.closest(".wait");
      if (!bar) continue;
      const share = Math.min(1, Math.max(0, seconds / Number(bar.dataset.target)));
      bar.classList.toggle("bad", share === 1);
      bar.classList.toggle("soon", share >= 0.6 && share < 1);
      one("rect:last-child", bar).setAttribute("width", String(Math.round(share * 100)));
    }
    for (const clock of all("[data-clock]")) clock.textContent = wall(clock.dataset.clock);
  };

  /* ---- One polite and one assertive voice, never more than a message in five seconds. */
  const QUIET = 5000;
  let alerted = "", spokeAt = -QUIET, waiting = 0, pending = [];
  const heard = new Map();

  const say = (words) => {
    pending.push(words);
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      spokeAt = performance.now();
      one("#status").textContent = pending.join(" ");
      pending = [];
    }, Math.max(0, spokeAt + QUIET - performance.now()));
  };

  /* Each part of the page is heard when what it says is new. */
  const listen = () => {
    const alarm = one("[data-alert]")?.dataset.alert ?? "";
    if (alarm !== alerted) one("#alert").textContent = alerted = alarm;
    for (const { dataset, parentElement } of all("[data-say]")) {
      const part = parentElement.closest("[id]")?.id;
      if (dataset.say && heard.get(part) !== dataset.say) say(dataset.say);
      heard.set(part, dataset.say);
    }
  };

  /* ---- The line: hints from the server become events that htmx waits for. */
  const lost = { since: 0 };

  const lineDown = () => {
    const note = one("#lost");
    if (!note || lost.since) return;
    lost.since = now();
    const stamp = one("[data-lost]", note);
    if (stamp) stamp.textContent = new Date(lost.since).toLocaleTimeString("en-GB");
    note.hidden = false;
    for (const button of all("[data-line]")) button.setAttribute("aria-disabled", "true");
  };

  const lineUp = () => {
    if (!lost.since) return;
    lost.since = 0;
    one("#lost").hidden = true;
    for (const button of all("[data-line]")) button.removeAttribute("aria-disabled");
    askAgain();
  };

  const KINDS = ["calls", "runs", "tasks", "tickets", "agents", "minders"];
  const askAgain = () => {
    for (const kind of KINDS) htmx.trigger(document.body, `desk:${kind}`);
  };
  /* Every page answers the pulse: an agent whose pages fall silent is away. */
  const BEAT = 10000;
  let beatAt = -BEAT;
  const beat = () => {
    if (performance.now() - beatAt < BEAT) return;
    beatAt = performance.now();
    const headers = JSON.parse(document.body.getAttribute("hx-headers"));
    fetch("/desk/here", { method: "POST", headers }).catch(() => {});
  };

  const connect = () => {
    const source = new EventSource(document.body.dataset.stream);
    /* What changed between the page's making and its listening was not heard. */
    source.onopen = () => (lost.since ? lineUp() : askAgain());
    source.onerror = () => {
      lineDown();
      /* A browser gives up on an answer that is not a stream, as while we restart. */
      if (source.readyState === EventSource.CLOSED) setTimeout(connect, 2000);
    };
    for (const kind of KINDS)
      source.addEventListener(kind, () => {
        beat();
        htmx.trigger(document.body, `desk:${kind}`);
      });
    source.addEventListener("pulse", beat);
    /* The server itself had lost its line, and does not know what it missed. */
    source.addEventListener("again", askAgain);
    addEventListener("pagehide", () => source.close());
  };

  /* ---- Keys. An element says with aria-keyshortcuts which key is its own. */
  const isTyping = (target) => target.matches(
    "textarea, select, input:not([type=radio], [type=checkbox])");
  const letters = () => localStorage.getItem("desk-letters") !== "off";

  const chord = (event) => {
    const digit = /^Digit(\d)$/.exec(event.code)?.[1];
    const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
    const key = event.altKey ? digit ?? letter ?? event.key : event.key;
    return (event.ctrlKey ? "Control+" : "") + (event.altKey ? "Alt+" : "") + key;
  };

  const act = (element) => {
    if (!element.matches("button, a")) element.focus();
    else if (element.getAttribute("aria-disabled") !== "true") element.click();
  };

  const step = (from, by, among) => {
    const next = among[among.indexOf(from) + by];
    next?.focus();
    return next !== undefined;
  };

  const fields = () => all("#sheet input:not([type=hidden]), #sheet select").filter(
    (field) => field.offsetParent && (field.type !== "radio" || field.checked
      || !one(`[name="${CSS.escape(field.name)}"]:checked`, field.form)
      && field === one(`[name="${CSS.escape(field.name)}"]`, field.form)));

  const inList = (event) => {
    const list = event.target.closest(".options, .choices");
    if (!list || !/^[1-9]$/.test(event.key)) return false;
    const choice = all("input", list)[Number(event.key) - 1];
    choice?.focus();
    choice?.click();
    return choice !== undefined;
  };

  const onward = (event) => {
    const { key, target } = event;
    if (key === "ArrowDown" && target.name === "words") {
      one("#categories input")?.focus();
      return true;
    }
    if (key === "Enter" && target.matches("#sheet input, #sheet select"))
      return step(target, 1, fields()) || true;
    if (!/^Arrow(Up|Down)$/.test(key)) return false;
    const rows = all("#waiting td button");
    if (!rows.length || (isTyping(target) || target.type === "radio")) return false;
    if (!rows.includes(target)) return rows[0].focus() ?? true;
    return step(target, key === "ArrowDown" ? 1 : -1, rows);
  };

  const pressed = (event) => {
    if (event.defaultPrevented || event.isComposing || one("dialog[open]")) return false;
    const keys = chord(event);
    const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey;
    if (isPlain && inList(event)) return true;
    /* A single character is a key only outside of fields, and only if it is wanted. */
    if (keys.length === 1 && (isTyping(event.target) || !letters())) return false;
    if (keys === "?") return one("#keys").showModal() ?? true;
    const owner = one(`[aria-keyshortcuts~="${CSS.escape(keys)}"]`);
    if (owner) return act(owner) ?? true;
    return isPlain && onward(event);
  };

  document.addEventListener("keydown", (event) => {
    if (pressed(event)) event.preventDefault();
  });

  /* ---- What cannot be done now explains itself instead of failing. */
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.getAttribute("aria-disabled") === "true") event.preventDefault();
    else if (button.dataset.opens) document.getElementById(button.dataset.opens).showModal();
  });

  /* ---- What was confirmed is confirmed no longer once it is written anew. */
  document.addEventListener("input", ({ target }) => {
    const tick = target.dataset?.unticks && document.getElementById(target.dataset.unticks);
    if (tick) tick.checked = false;
  });

  /* ---- What is chosen while a page part is on its way is not undone when it comes. */
  const chosenThen = new WeakMap();
  const chosen = (part) => all(":checked", part).map((input) => input.id).join();
  document.addEventListener("htmx:beforeRequest", ({ detail }) =>
    chosenThen.set(detail.xhr, chosen(detail.target)));
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    /* The choice itself has asked for a newer one. */
    if (chosenThen.get(detail.xhr) !== chosen(detail.target)) detail.shouldSwap = false;
  });

  /* ---- Focus survives a swap: the same element, else the heading of what changed. */
  let held = null;
  document.addEventListener("htmx:beforeSwap", () => {
    held = document.activeElement === document.body ? null : document.activeElement;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    tick();
    listen();
    if (lost.since) lineUp();
    if (!held || (held.isConnected && document.activeElement === held)) return;
    const again = held.isConnected ? held : held.id && document.getElementById(held.id);
    const place = again || one("h1, h2", event.detail.target ?? document);
    if (place && document.activeElement === document.body) {
      if (place.tabIndex < 0) place.tabIndex = -1;
      place.focus({ preventScroll: true });
    }
    held = null;
  });
  document.addEventListener("htmx:sendError", lineDown);
  document.addEventListener("htmx:afterRequest", (event) => {
    const { successful, elt } = event.detail;
    /* Only an act closes it: its own parts also change by themselves. */
    if (!successful || !elt.matches("button")) return;
    /* What has a next step stays open, and goes on to it unless it was refused. */
    const then = document.getElementById(elt.dataset.then ?? "");
    if (!then) elt.closest("dialog")?.close();
    else if (!one("#controls .error")) then.focus();
  });

  document.addEventListener("DOMContentLoaded", () => {
    const box = one("#letters");
    box.checked = letters();
    box.addEventListener("change", () =>
      localStorage.setItem("desk-letters", box.checked ? "on" : "off"));
    one("#faults")?.focus();
    tick();
    listen();
    setInterval(tick, 1000);
    connect();
  });
})();
