/* The place of a call: what is chosen from the list, and the point on the map. */
"use strict";
(() => {
  const field = (id) => document.getElementById(id);
  /* Five decimals are a metre; more would pretend to know better. */
  const degrees = (number) => Number(number).toFixed(5);

  const changed = (input) => input.dispatchEvent(new Event("change", { bubbles: true }));

  const set = ({ kind, confidence, asset, latitude, longitude }) => {
    field("place-kind").value = kind;
    field("confidence").value = confidence;
    field("asset").value = asset ?? "";
    const moved = field("latitude").value !== latitude || field("longitude").value !== longitude;
    field("latitude").value = latitude;
    field("longitude").value = longitude;
    if (moved) changed(field("latitude"));
  };

  /* Chosen from the list: heard before the page asks what follows from it. */
  document.addEventListener("change", ({ target, isTrusted }) => {
    if (target.name === "spot") {
      field("field-place").value = target.dataset.place;
      set(target.dataset);
    } else if (target.id === "latitude" || target.id === "longitude") {
      /* Written by hand: a point like one on the map. */
      if (isTrusted && here()) name(here());
      show();
      if (target.id === "longitude") changed(field("latitude"));
    }
  }, true);

  /* Typed on: what was chosen is no longer meant; a point on the map still is. */
  document.addEventListener("input", ({ target }) => {
    if (target.id === "field-place" && field("place-kind").value !== "point")
      set({ kind: "described", confidence: "described", latitude: "", longitude: "" });
  });

  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "field-place" || event.key !== "ArrowDown") return;
    const first = document.querySelector("#places input");
    if (!first) return;
    first.focus();
    event.preventDefault();
  });

  /* ---- The map. It is made when it is first looked at. */
  let map, pin;

  const here = () => {
    const [north, east] = [field("latitude"), field("longitude")].map((input) =>
      Number.parseFloat(input.value.replace(",", ".")));
    return Number.isFinite(north) && Number.isFinite(east) ? L.latLng(north, east) : null;
  };

  const ink = () => getComputedStyle(field("map"));

  const show = () => {
    const spot = here();
    if (!map) return;
    pin?.remove();
    pin = spot && L.circleMarker(spot, { radius: 9, weight: 3, color: ink().color, fillOpacity: 0.3 }).addTo(map);
    if (spot && !map.getBounds().pad(-0.1).contains(spot)) map.panTo(spot, { animate: false });
  };

  /* A point that nobody has named is called by its coordinates. */
  const name = (spot) => {
    field("place-kind").value = "point";
    field("confidence").value = "exact";
    field("asset").value = "";
    const place = field("field-place");
    if (!place.value || /^-?\d+\.\d+, -?\d+\.\d+$/.test(place.value))
      place.value = `${degrees(spot.lat)}, ${degrees(spot.lng)}`;
  };

  const put = (spot) => {
    name(spot);
    set({ kind: "point", confidence: "exact", latitude: degrees(spot.lat), longitude: degrees(spot.lng) });
  };

  const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
  const keyed = (event) => {
    const step = STEPS[event.key];
    if (event.key === "+") map.zoomIn(1, { animate: false });
    else if (event.key === "-") map.zoomOut(1, { animate: false });
    else if (step) {
      const far = event.shiftKey ? 1 : 12;
      const from = map.latLngToContainerPoint(here() ?? map.getCenter());
      put(map.containerPointToLatLng(from.add([step[0] * far, step[1] * far])));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const draw = async (box) => {
    const drawn = await (await fetch(box.dataset.from)).json();
    map = L.map(box, { keyboard: false, preferCanvas: true, attributionControl: Boolean(drawn.credit), zoomAnimation: false });
    if (drawn.tiles) L.tileLayer(drawn.tiles, { attribution: drawn.credit, maxZoom: 19 }).addTo(map);
    const town = L.polygon(drawn.boundary, { color: ink().color, weight: 2, fillOpacity: 0.06 }).addTo(map);
    for (const [name, north, east] of drawn.places)
      L.circleMarker([north, east], { radius: 4, weight: 1, color: ink().color }).bindTooltip(name).addTo(map);
    if (here()) map.setView(here(), 16);
    else map.fitBounds(town.getBounds());
    map.on("click", ({ latlng }) => put(latlng));
    show();
  };

  document.addEventListener("DOMContentLoaded", () => {
    const shelf = field("on-map"), box = field("map");
    if (!shelf) return;
    const look = () => shelf.open && !map && draw(box);
    shelf.addEventListener("toggle", look);
    box.addEventListener("keydown", keyed);
    look();
  });
  /* Alt+M opens the map and goes to it; desk.js has put the focus on its summary. */
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.code !== "KeyM" || !field("on-map")) return;
    field("on-map").open = true;
    field("map").focus();
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
})();
