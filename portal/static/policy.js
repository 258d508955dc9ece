/* A ladder is kept change by change, and nothing that is typed meanwhile is lost. */
"use strict";
(() => {
  const form = () => document.querySelector("#ladder form");
  const written = () => new URLSearchParams(new FormData(form())).toString();
  let sent = "";

  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (detail.elt === form()) sent = written();
  });

  /* What has gone on being written is sent with its own change, upon what is kept by now. */
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.target.id !== "ladder" || written() === sent) return;
    const was = /name="was" value="(\w+)"/.exec(detail.serverResponse);
    if (was) form().elements.was.value = was[1];
    detail.shouldSwap = false;
  });

  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.elt.closest?.("#ladder") || detail.target?.id === "ladder") {
      document.getElementById("lost").hidden = detail.successful;
    }
  });
})();
