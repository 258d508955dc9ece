/* The agent's telephone in the browser: answers what they have taken at the desk. */
"use strict";
(() => {
  const one = (id) => document.getElementById(id);
  const phone = one("softphone");
  let device = null, call = null;

  const say = (words) => { one("phone-state").textContent = words; };
  const fetchToken = async () => {
    const answer = await fetch(phone.dataset.token, { cache: "no-store" });
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()).token;
  };

  const free = () => {
    call = null;
    one("phone-mute").disabled = one("phone-off").disabled = true;
    one("phone-mute").setAttribute("aria-pressed", "false");
    say(phone.dataset.ready);
  };

  const answer = (incoming) => {
    /* One at a time: whoever rings meanwhile is no call that was taken here. */
    if (call) return incoming.reject();
    call = incoming;
    for (const over of ["disconnect", "cancel", "reject", "error"]) call.on(over, free);
    call.accept();
    one("phone-mute").disabled = one("phone-off").disabled = false;
    say(phone.dataset.talking);
  };

  /* A browser lets a page use the microphone only after somebody has pressed a key. */
  one("phone-on").addEventListener("click", async () => {
    try {
      device = new Twilio.Device(await fetchToken());
      device.on("registered", () => { if (!call) say(phone.dataset.ready); });
      device.on("incoming", answer);
      device.on("error", () => say(phone.dataset.lost));
      device.on("unregistered", () => say(phone.dataset.lost));
      device.on("tokenWillExpire", async () => device.updateToken(await fetchToken()));
      await device.register();
      one("phone-on").disabled = true;
    } catch {
      say(phone.dataset.lost);
    }
  });

  one("phone-mute").addEventListener("click", () => {
    const muted = !call.isMuted();
    call.mute(muted);
    one("phone-mute").setAttribute("aria-pressed", String(muted));
    say(muted ? phone.dataset.muted : phone.dataset.talking);
  });
  one("phone-off").addEventListener("click", () => call.disconnect());

  /* Closing the window ends the call: say so first. */
  addEventListener("beforeunload", (event) => { if (call) event.preventDefault(); });
})();
