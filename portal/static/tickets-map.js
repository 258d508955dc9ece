/* Tickets on a map that can be moved; without this, the outline drawn by the server stays. */
"use strict";
(() => {
  const one = (id) => document.getElementById(id);

  /* A link, as text: what residents said never becomes markup. */
  const named = ({ said, address }) => {
    const link = document.createElement("a");
    link.href = address;
    link.textContent = said;
    return link;
  };

  /* Colours are the style sheet's; a canvas wants them computed. */
  const inks = (box) => {
    const probe = box.appendChild(document.createElement("span"));
    probe.className = "ink";
    const found = new Map();
    for (const level of [1, 2, 3, 4, 5]) {
      probe.dataset.level = level;
      found.set(level, getComputedStyle(probe).color);
    }
    probe.remove();
    return found;
  };

  const pin = (color, { latitude, longitude, is_open, ...ticket }) => {
    const look = { radius: 7, weight: 2, color, fillColor: color, fillOpacity: is_open ? 0.85 : 0 };
    return L.circleMarker([latitude, longitude], look).bindTooltip(ticket.said).bindPopup(() => named(ticket));
  };

  const draw = async (box) => {
    const drawn = await (await fetch(box.dataset.from)).json();
    box.hidden = false;
    one("shape").remove();
    const [ink, colours] = [getComputedStyle(box).color, inks(box)];
    const map = L.map(box, { preferCanvas: true, attributionControl: Boolean(drawn.credit), zoomAnimation: false });
    if (drawn.tiles) L.tileLayer(drawn.tiles, { attribution: drawn.credit, maxZoom: 19 }).addTo(map);
    const town = L.polygon(drawn.boundary, { color: ink, weight: 2, fillOpacity: 0.06, interactive: false }).addTo(map);
    for (const each of [...drawn.pins].reverse()) pin(colours.get(each.level), each).addTo(map);
    map.fitBounds(town.getBounds(), { padding: [20, 20] });
  };

  document.addEventListener("DOMContentLoaded", () => one("map") && draw(one("map")));
})();
