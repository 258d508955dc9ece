/* A rehearsal is played or stepped through: arrows, Home, End and the space bar. */
"use strict";
(() => {
  /* Slow enough to read who and by what; nothing moves in between. */
  const PACE = 900;
  let playing = 0;

  const answer = () => document.getElementById("answer");
  const last = () => Number(answer().dataset.last);
  const now = () => Number(answer().dataset.moment ?? -1);

  const mark = (each, moment) => {
    const own = Number(each.dataset.moment);
    if (each.tagName === "LI") each.hidden = own !== moment;
    each.classList.toggle("now", own === moment);
    each.classList.toggle("later", own > moment);
    if (each.tagName !== "TR") return;
    if (own === moment) each.setAttribute("aria-current", "step");
    else each.removeAttribute("aria-current");
  };

  const moveHead = (head, moment) => {
    const x = head.closest("svg").dataset.xs.split(" ")[moment];
    head.setAttribute("d", `M${x} 36V${head.dataset.bottom}`);
    head.setAttribute("visibility", "visible");
  };

  const show = (moment) => {
    const section = answer();
    section.dataset.moment = moment;
    for (const each of section.querySelectorAll("[data-moment]")) mark(each, moment);
    for (const head of section.querySelectorAll("[data-head]")) moveHead(head, moment);
    section.querySelector("[data-number]").textContent = moment + 1;
  };

  /* Said only to whoever steps: a running picture would never be done talking. */
  const say = () => {
    const shown = [...answer().querySelectorAll(".moments li:not([hidden])")];
    answer().querySelector("[data-said]").textContent = shown.map((each) => each.innerText).join(" ");
  };

  const stop = () => {
    clearInterval(playing);
    playing = 0;
    const button = answer()?.querySelector("[data-plays]");
    if (button?.dataset.play) button.textContent = button.dataset.play;
  };

  const step = (moment) => {
    stop();
    show(Math.min(Math.max(0, moment), last()));
    say();
  };

  const play = () => {
    if (playing) return stop();
    const button = answer().querySelector("[data-plays]");
    button.dataset.play = button.textContent;
    button.textContent = button.dataset.stop;
    show(now() < last() ? now() + 1 : 0);
    playing = setInterval(() => {
      if (!answer() || now() >= last()) stop();
      else show(now() + 1);
    }, PACE);
    return undefined;
  };

  const KEYS = {
    ArrowRight: () => step(now() + 1),
    ArrowLeft: () => step(now() - 1),
    Home: () => step(0),
    End: () => step(last()),
    " ": play,
  };

  document.addEventListener("keydown", (event) => {
    const { key, target, altKey, ctrlKey, metaKey } = event;
    if (altKey || ctrlKey || metaKey || !(key in KEYS)) return;
    if (!target.matches?.("[data-sim]")) return;
    event.preventDefault();
    KEYS[key]();
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("#answer [data-step]");
    const drawn = event.target.closest?.("#answer svg [data-moment]");
    if (link) {
      event.preventDefault();
      step(now() + Number(link.dataset.step));
    } else if (drawn) step(Number(drawn.dataset.moment));
    else if (event.target.closest?.("#answer [data-plays]")) play();
  });

  const unveil = () => {
    for (const each of document.querySelectorAll("#answer :is([data-plays], [data-keys])")) each.hidden = false;
  };

  document.addEventListener("htmx:beforeSwap", stop);
  document.addEventListener("htmx:afterSwap", unveil);
  unveil();
})();
