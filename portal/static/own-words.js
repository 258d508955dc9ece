/* A name in braces is put where the cursor was; without this it is typed. */
"use strict";
(() => {
  const list = document.querySelector(".fill-ins");
  const fields = [...document.querySelectorAll("#editor textarea, #editor .tongues input")];
  let last = fields.find((each) => each.matches("textarea"));

  document.addEventListener("focusin", ({ target }) => {
    if (fields.includes(target)) last = target;
  });

  list?.querySelectorAll("code").forEach((code) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn plain";
    button.title = list.dataset.say.replace("…", code.textContent);
    code.replaceWith(button);
    button.append(code);
    button.addEventListener("click", () => {
      last.focus();
      last.setRangeText(code.textContent, last.selectionStart, last.selectionEnd, "end");
      last.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });
})();
