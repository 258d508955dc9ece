/* Keys of what belongs to the floor: the digits of an open dialog choose in it. */
"use strict";
(() => {
  document.addEventListener("keydown", (event) => {
    const open = document.querySelector("dialog[open]");
    if (!open || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target.matches("input, select, textarea")) return;
    const chosen = open.querySelector(`[data-digit="${CSS.escape(event.key)}"]`);
    if (!chosen) return;
    event.preventDefault();
    chosen.click();
  });
})();
