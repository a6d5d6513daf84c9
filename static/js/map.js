// Draws the boundaries of grids and where events are, from what the page holds; nothing is fetched from anywhere.

const { L } = window;
const place = document.querySelector("[data-map]");
const { grids, points, words } = JSON.parse(document.getElementById("grid-map").textContent);
// A single event alone would be drawn as large as the screen.
const NEAREST = 17;

const say = (text, facts) => text.replace(/%\((\w+)\)s/g, (_whole, name) => String(facts[name]));

// Names are put in as text: a tooltip would read a string as markup.
function asText(text) {
  const made = document.createElement("span");
  made.textContent = text;
  return made;
}

// GeoJSON has east before north, Leaflet north before east.
const turned = (polygons) => polygons.map((polygon) => polygon.map((ring) => ring.map(([east, north]) => [north, east])));

const lead = (shape, url) => shape.on("click", () => location.assign(url));

function grid(one) {
  const state = one.late ? "late" : one.open ? "some" : "none";
  const shape = L.polygon(turned(one.polygons), { className: `grid-shape ${state}` });
  shape.bindTooltip(asText(say(words.count, one)), { sticky: true });
  return lead(shape, one.url);
}

function count(one, shape) {
  const icon = L.divIcon({ className: "grid-count", html: asText(String(one.open)), iconSize: [28, 20] });
  return L.marker(shape.getBounds().getCenter(), { icon, interactive: false, keyboard: false });
}

function point(one) {
  const shape = L.circleMarker([one.north, one.east], { radius: 6, className: `event-spot${one.danger ? " danger" : ""}` });
  shape.bindTooltip(asText(one.name));
  return lead(shape, one.url);
}

const map = L.map(place, { attributionControl: false, zoomControl: false, zoomSnap: 0.25, scrollWheelZoom: false });
L.control.zoom({ zoomInTitle: words.nearer, zoomOutTitle: words.farther }).addTo(map);
const shapes = L.featureGroup(grids.map(grid)).addTo(map);
const spots = L.featureGroup(points.map(point)).addTo(map);
const all = L.latLngBounds([]);
for (const layer of [shapes, spots]) if (layer.getLayers().length) all.extend(layer.getBounds());
map.fitBounds(all, { padding: [16, 16], maxZoom: NEAREST });
for (const [nth, shape] of shapes.getLayers().entries()) if (grids[nth].open) count(grids[nth], shape).addTo(map);
