import 'maplibre-gl/dist/maplibre-gl.css';
import { LngLatBounds, Map, setWorkerUrl, type GeoJSONSource } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import statesUrl from 'us-atlas/states-10m.json?url';
import type { Point } from './Map.svelte';

setWorkerUrl(workerUrl);

type Outline = Topology<{ states: GeometryCollection }>;
export interface Drawing {
  show: (points: readonly Point[], chosen: string | null) => void;
  remove: () => void;
}

const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const collection = (points: readonly Point[], chosen: string | null) => ({
  type: 'FeatureCollection' as const,
  features: points.map((point) => ({
    type: 'Feature' as const,
    properties: { id: point.id, chosen: point.id === chosen },
    geometry: { type: 'Point' as const, coordinates: [point.longitude, point.latitude] },
  })),
});

/** Draws the outline of the states and the points on it; nothing comes from another server. */
export async function drawMap(container: HTMLElement, onchoose: (id: string) => void): Promise<Drawing> {
  const outline = (await (await fetch(statesUrl)).json()) as Outline;
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const map = new Map({
    container,
    center: [-98, 39],
    zoom: 3,
    attributionControl: false,
    fadeDuration: still ? 0 : 150,
    style: {
      version: 8,
      sources: {
        states: { type: 'geojson', data: feature(outline, outline.objects.states) },
        points: { type: 'geojson', data: collection([], null) },
      },
      layers: [
        { id: 'water', type: 'background', paint: { 'background-color': colour('--map-water') } },
        { id: 'land', type: 'fill', source: 'states', paint: { 'fill-color': colour('--map-land') } },
        { id: 'edge', type: 'line', source: 'states', paint: { 'line-color': colour('--map-edge') } },
        {
          id: 'points',
          type: 'circle',
          source: 'points',
          paint: {
            'circle-radius': ['case', ['get', 'chosen'], 10, 6],
            'circle-color': ['case', ['get', 'chosen'], colour('--danger'), colour('--accent')],
            'circle-stroke-color': colour('--ground'),
            'circle-stroke-width': 2,
          },
        },
      ],
    },
  });
  await new Promise((loaded) => map.once('load', loaded));
  // The list beside the map holds the same points with their names; the keyboard stays there.
  map.getCanvas().tabIndex = -1;
  map.on('click', 'points', (event) => {
    const id: unknown = event.features?.[0]?.properties['id'];
    if (typeof id === 'string') onchoose(id);
  });
  map.on('idle', () => (container.dataset['map'] = 'idle'));

  let framed = '';
  return {
    show(points, chosen) {
      void map.getSource<GeoJSONSource>('points')?.setData(collection(points, chosen));
      const key = points.map((point) => point.id).join();
      const first = points[0];
      if (!first || key === framed) return;
      framed = key;
      const start: [number, number] = [first.longitude, first.latitude];
      const bounds = points.reduce(
        (all, point) => all.extend([point.longitude, point.latitude]),
        new LngLatBounds(start, start),
      );
      map.fitBounds(bounds, { padding: 48, maxZoom: 10, animate: !still });
    },
    remove: () => map.remove(),
  };
}
