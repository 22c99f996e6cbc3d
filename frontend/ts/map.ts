// The map beside the list. It shows no more than the list, and only after it was asked for.
import L from "leaflet";

const TILES =
  "https://cache.kartverket.no/v1/wmts/1.0.0/topo/default/webmercator/{z}/{y}/{x}.png";
const PIN =
  '<svg viewBox="0 0 44 44" aria-hidden="true"><path d="M22 43 14 33H6V18L22 4l16 14v15h-8z"/>' +
  '<rect x="17" y="18" width="10" height="10"/></svg>';

interface Place {
  name: string;
  url: string;
  organization?: string;
  address?: string;
}

type Places = GeoJSON.FeatureCollection<GeoJSON.Point, Place>;

/** Draws the places of `data-url` (GeoJSON points with name and url) in the container. */
export async function showMap(container: HTMLElement): Promise<void> {
  const answer = await fetch(container.dataset.url ?? "", {
    headers: { accept: "application/geo+json" },
  });
  if (!answer.ok) throw new Error(String(answer.status));
  const places = (await answer.json()) as Places;
  container.hidden = false;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(container, {
    zoomAnimation: !still,
    fadeAnimation: !still,
    markerZoomAnimation: !still,
    scrollWheelZoom: false, // scrolling the page must not be caught by the map
  });
  L.tileLayer(TILES, {
    maxZoom: 18,
    referrerPolicy: "no-referrer", // which site somebody came from is nobody's business
    attribution: '© <a href="https://www.kartverket.no/">Kartverket</a>',
  }).addTo(map);
  label(map, container);
  const layer = L.geoJSON(places, { pointToLayer: pin }).addTo(map);
  const bounds = layer.getBounds();
  if (bounds.isValid()) map.fitBounds(bounds, { padding: [40, 40], maxZoom: 13 });
  else map.setView([61.05, 9.1], 9);
}

function pin(feature: GeoJSON.Feature<GeoJSON.Point, Place>, at: L.LatLng): L.Marker {
  const place = feature.properties;
  const icon = L.divIcon({
    className: "st-pin",
    html: PIN,
    iconSize: [44, 44],
    iconAnchor: [22, 43],
    popupAnchor: [0, -38],
  });
  return L.marker(at, { icon, alt: place.name, title: place.name, keyboard: true }).bindPopup(
    popup(place),
  );
}

function popup(place: Place): HTMLElement {
  const box = document.createElement("div");
  const link = document.createElement("a");
  link.href = place.url;
  link.textContent = place.name;
  box.append(link);
  for (const text of [place.organization, place.address]) {
    if (!text) continue;
    const line = document.createElement("div");
    line.textContent = text;
    box.append(line);
  }
  return box;
}

/** Leaflet speaks English; the page gives the words in its own language. */
function label(map: L.Map, container: HTMLElement): void {
  const words: [string, string | undefined][] = [
    [".leaflet-control-zoom-in", container.dataset.zoomIn],
    [".leaflet-control-zoom-out", container.dataset.zoomOut],
  ];
  for (const [selector, text] of words) {
    const control = container.querySelector<HTMLElement>(selector);
    if (!control || !text) continue;
    control.title = text;
    control.setAttribute("aria-label", text);
  }
  map.attributionControl.setPrefix(false);
}
