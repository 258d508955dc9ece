/* Keys of the answers: 1 to 9 open one while the list has the focus, arrows walk. */
"use strict";
(() => {
  const summaries = () => [...document.querySelectorAll("#answers summary")];

  const open = (summary) => {
    if (!summary) return false;
    for (const each of summaries()) each.parentElement.open = each === summary;
    summary.focus();
    return true;
  };

  const walk = (from, by) => {
    const all = summaries();
    const next = all[all.indexOf(from) + by];
    if (next) next.focus();
    else if (by < 0) document.getElementById("find-answer").focus();
    return true;
  };

  const pressed = ({ key, target, altKey, ctrlKey, metaKey }) => {
    if (altKey || ctrlKey || metaKey) return false;
    if (target.id === "find-answer") {
      if (key === "ArrowDown") return walk(null, 1);
      return key === "Enter" && open(summaries()[0]);
    }
    if (!target.closest?.("#answers")) return false;
    const summary = target.closest("details")?.querySelector("summary");
    if (/^[1-9]$/.test(key)) return open(summaries()[Number(key) - 1]);
    if (key === "ArrowDown") return walk(summary, 1);
    if (key === "ArrowUp") return walk(summary, -1);
    if (key !== "Escape") return false;
    document.getElementById("find-answer").focus();
    return true;
  };

  /* The answers below the field are what it was entered for. */
  document.addEventListener("focusin", ({ target }) => {
    if (target.id === "find-answer") target.closest("section").scrollIntoView({ block: "start" });
  });

  /* Before the keys of the whole desk, which would take the arrows for the queue's. */
  document.addEventListener("keydown", (event) => {
    if (pressed(event)) event.preventDefault();
  }, true);
})();
