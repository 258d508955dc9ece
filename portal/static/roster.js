/* Put somebody on a shift by hand or by key. Both end at the plain form, filled in:
   nothing changes before it is sent. */
"use strict";
(() => {
  const DAY = 86_400_000;
  const LONG = 1.5 * DAY;
  const hands = document.querySelector("#hands-on");
  if (!hands) return;
  const told = document.querySelector("#in-hand");
  let held = null;

  // Wall times of the town: counted as if there were no zones, as its file counts them.
  const wall = (text) => Date.parse(`${text}Z`);
  const field = (time) => new Date(time).toISOString().slice(0, 16);

  function go(address, fields) {
    const url = new URL(address, location.href);
    for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
    location.assign(url);
  }

  // The day under the pointer: of the row of days above, or of the table's head.
  function dayAt(cell, x) {
    let row = cell.closest("tr");
    while (row && !row.querySelector("[data-day]")) row = row.previousElementSibling;
    const days = (row ?? cell.closest("table")).querySelectorAll("[data-day]");
    for (const day of days) {
      const box = day.getBoundingClientRect();
      if (box.left <= x && x < box.right) return day.dataset.day;
    }
    return null;
  }

  // Of a shift of many days, a name that is let go on one of them takes that day.
  function part(shift, x) {
    const since = wall(shift.dataset.since);
    const until = wall(shift.dataset.until);
    const day = x === null ? null : dayAt(shift, x);
    if (!day || until - since <= LONG) return { since: field(since), until: field(until) };
    const begins = wall(`${day}T${shift.dataset.since.slice(11)}`);
    return { since: field(Math.max(since, begins)), until: field(Math.min(until, begins + DAY)) };
  }

  function put(contact, shift, x = null) {
    const { since, until } = part(shift, x);
    go(`${hands.dataset.rosters}/${shift.dataset.roster}/exceptions/new`, { contact, since, until });
  }

  function move(shift, days) {
    const [since, until] = [shift.dataset.from, shift.dataset.to].map(
      (time) => field(wall(time) + days * DAY),
    );
    go(shift.dataset.edit, { since, until });
  }

  document.addEventListener("dragstart", (event) => {
    const dragged = event.target.closest?.(".hand, .shift[data-edit]");
    if (!dragged) return;
    held = { dragged, day: dragged.matches(".shift") ? dayAt(dragged, event.clientX) : null };
    event.dataTransfer.setData("text/plain", dragged.textContent.trim());
    event.dataTransfer.effectAllowed = "copyMove";
  });
  document.addEventListener("dragend", () => { held = null; });

  function target(event) {
    if (!held) return null;
    if (held.dragged.matches(".hand")) return event.target.closest?.("a.shift[data-roster]");
    const row = event.target.closest?.("tr[data-roster], .days, .cal thead tr");
    const roster = row?.dataset.roster ?? held.dragged.dataset.roster;
    return row && roster === held.dragged.dataset.roster ? event.target : null;
  }

  document.addEventListener("dragover", (event) => {
    if (target(event)) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const on = target(event);
    if (!on) return;
    event.preventDefault();
    const { dragged, day } = held;
    held = null;
    if (dragged.matches(".hand")) {
      put(dragged.dataset.contact, on, event.clientX);
      return;
    }
    const there = dayAt(on, event.clientX);
    const days = there && day ? (wall(`${there}T00:00`) - wall(`${day}T00:00`)) / DAY : 0;
    if (days) move(dragged, days);
  });

  // By key: space picks a name up, Enter puts it on a shift, Escape lets it go.
  let picked = null;

  function pick(hand) {
    picked?.classList.remove("picked");
    const words = hand ? told.dataset.picked.replace("{name}", hand.textContent.trim()) : told.dataset.dropped;
    if (hand || picked) told.textContent = words;
    picked = hand;
    hand?.classList.add("picked");
  }

  hands.addEventListener("keydown", (event) => {
    const hand = event.target.closest(".hand");
    if (!hand || event.key !== " ") return;
    event.preventDefault();
    pick(hand);
    document.querySelector("a.shift[data-roster]")?.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") pick(null);
    const shift = event.target.closest?.("a.shift[data-roster]");
    if (!shift || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter" && picked) {
      event.preventDefault();
      put(picked.dataset.contact, shift);
    }
    const days = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (days && event.shiftKey && shift.dataset.edit) {
      event.preventDefault();
      move(shift, days);
    }
  });
})();
