/* An entry's page: what was added has the focus, and nothing typed is lost by a stray click. */
"use strict";
(() => {
  let typed = false;

  document.addEventListener("input", ({ target }) => {
    if (target.closest("#editor") && !target.closest("#try")) typed = true;
  });
  document.addEventListener("submit", ({ target }) => {
    if (target.id === "editor") typed = false;
  });
  addEventListener("beforeunload", (event) => typed && event.preventDefault());

  /* The page came back with one entry more, less, or in another place. */
  document.addEventListener("htmx:afterSwap", ({ detail }) => {
    const [does, path] = (detail.requestConfig?.elt?.value ?? "").split(" ");
    if (does !== "add" || !path) return;
    const added = document.querySelectorAll(`[id^="${CSS.escape(path)}."]:is(fieldset)`);
    const own = [...added].filter((each) => /^\d+$/.test(each.id.slice(path.length + 1)));
    own.at(-1)?.querySelector("input:not([type=hidden])")?.focus();
  });
})();
