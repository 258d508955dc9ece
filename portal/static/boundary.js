/* The town's boundary on a map: every corner a button that can be dragged or moved by keys. */
"use strict";
(() => {
  const one = (id) => document.getElementById(id);
  /* Six decimals are a hand's breadth. */
  const plain = (degrees) => String(Number(degrees.toFixed(6)));

  let map, shape, label, corners = [], marks = [];

  /* What cannot be read line by line, as GeoJSON, is left to the server. */
  const read = () => {
    const found = [];
    for (const line of one("boundary").value.split("\n").filter((each) => each.trim())) {
      const numbers = line.match(/[-+]?\d+(?:[.,]\d+)?/g) ?? [];
      if (numbers.length !== 2) return null;
      const [north, east] = numbers.map((each) => Number(each.replace(",", ".")));
      if (Math.abs(north) > 90 || Math.abs(east) > 180) return null;
      found.push(L.latLng(north, east));
    }
    return found.length > 2 ? found : null;
  };

  const write = () => {
    one("boundary").value = corners.map(({ lat, lng }) => `${plain(lat)}, ${plain(lng)}`).join("\n");
    draw();
  };

  const between = (number) => {
    const [from, to] = [corners[number], corners[(number + 1) % corners.length]];
    return L.latLng((from.lat + to.lat) / 2, (from.lng + to.lng) / 2);
  };

  const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

  const move = (number, step, far) => {
    const from = map.latLngToLayerPoint(corners[number]);
    corners[number] = map.layerPointToLatLng(from.add([step[0] * far, step[1] * far]));
    write();
    focus(number);
  };

  const takeOut = (number) => {
    if (corners.length < 4) return;
    corners.splice(number, 1);
    write();
    focus(number % corners.length);
  };

  const putIn = (number, at) => {
    corners.splice(number + 1, 0, at);
    write();
    focus(number + 1);
  };

  const focus = (number) => marks[number * 2]?.getElement()?.focus();

  const keyed = (number, isCorner, event) => {
    const step = STEPS[event.key];
    if (!isCorner && (event.key === "Enter" || event.key === " ")) putIn(number, between(number));
    else if (isCorner && step) move(number, step, event.shiftKey ? 1 : 10);
    else if (isCorner && (event.key === "Delete" || event.key === "Backspace")) takeOut(number);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const mark = (number, isCorner) => {
    const at = isCorner ? corners[number] : between(number);
    const size = isCorner ? 16 : 12;
    const icon = L.divIcon({ className: isCorner ? "corner" : "corner middle", iconSize: [size, size] });
    const made = L.marker(at, { icon, draggable: true, keyboard: true }).addTo(map);
    const name = isCorner ? `${label} ${number + 1}` : `${label} ${number + 1} +`;
    made.getElement().setAttribute("aria-label", name);
    made.getElement().addEventListener("keydown", (event) => keyed(number, isCorner, event));
    made.on("drag", ({ latlng }) => isCorner && outline(number, latlng));
    made.on("dragend", () => {
      if (!isCorner) return putIn(number, made.getLatLng());
      corners[number] = made.getLatLng();
      write();
      focus(number);
    });
    if (!isCorner) made.on("click", () => putIn(number, between(number)));
    return made;
  };

  const outline = (number, at) => shape.setLatLngs(corners.map((each, place) => (place === number ? at : each)));

  const draw = () => {
    for (const each of marks) each.remove();
    shape.setLatLngs(corners);
    marks = corners.flatMap((_, number) => [mark(number, true), mark(number, false)]);
  };

  const again = () => {
    corners = read() ?? corners;
    draw();
  };

  const begin = async (box) => {
    const found = read();
    if (!found) return;
    const drawn = await (await fetch(box.dataset.from)).json();
    [label, corners] = [box.dataset.corner, found];
    box.hidden = one("map-keys").hidden = false;
    one("shape").remove();
    map = L.map(box, { preferCanvas: true, attributionControl: Boolean(drawn.credit), zoomAnimation: false });
    if (drawn.tiles) L.tileLayer(drawn.tiles, { attribution: drawn.credit, maxZoom: 19 }).addTo(map);
    const ink = getComputedStyle(box).color;
    shape = L.polygon(found, { color: ink, weight: 2, fillOpacity: 0.06, interactive: false }).addTo(map);
    for (const [name, north, east] of drawn.places)
      L.circleMarker([north, east], { radius: 4, weight: 1, color: ink }).bindTooltip(name).addTo(map);
    map.fitBounds(shape.getBounds(), { padding: [20, 20] });
    draw();
  };

  document.addEventListener("DOMContentLoaded", () => {
    const box = one("map");
    if (!box) return;
    begin(box);
    one("boundary").addEventListener("change", () => map && again());
    box.closest("form").addEventListener("reset", () => setTimeout(() => map && again()));
  });
})();
