import type { StyleSpecification } from 'maplibre-gl';
import countiesUrl from 'us-atlas/counties-10m.json?url';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';

type Outline = Topology<{ states: GeometryCollection; counties: GeometryCollection }>;

export const colour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Letters are drawn from the fonts of the device, since the style names no server for them. */
export const label = (size: number, ink = colour('--ink-soft')) => ({
  layout: { 'text-size': size, 'text-font': ['sans-serif'], 'text-max-width': 8 },
  paint: { 'text-color': ink, 'text-halo-color': colour('--map-land'), 'text-halo-width': 1.5 },
});

/** The outline of states and counties with their names (U.S. Census Bureau), from this server: no other learns where help is looked for. */
export async function ownBase(): Promise<StyleSpecification> {
  const outline = (await (await fetch(countiesUrl)).json()) as Outline;
  const shapes = (name: 'states' | 'counties') => feature(outline, outline.objects[name]);
  const edge = colour('--map-edge');
  const names = { 'text-field': ['get', 'name'] as ['get', string] };
  const state = label(13);
  const county = label(12);
  return {
    version: 8,
    sources: {
      states: { type: 'geojson', data: shapes('states') },
      counties: { type: 'geojson', data: shapes('counties') },
    },
    layers: [
      { id: 'water', type: 'background', paint: { 'background-color': colour('--map-water') } },
      { id: 'land', type: 'fill', source: 'states', paint: { 'fill-color': colour('--map-land') } },
      {
        id: 'county',
        type: 'line',
        source: 'counties',
        minzoom: 5,
        paint: { 'line-color': edge, 'line-opacity': 0.6, 'line-dasharray': [3, 2] },
      },
      { id: 'state', type: 'line', source: 'states', paint: { 'line-color': edge, 'line-width': 1.5 } },
      {
        id: 'county-name',
        type: 'symbol',
        source: 'counties',
        minzoom: 7,
        ...county,
        layout: { ...county.layout, ...names },
      },
      {
        id: 'state-name',
        type: 'symbol',
        source: 'states',
        maxzoom: 7,
        ...state,
        layout: { ...state.layout, ...names, 'text-transform': 'uppercase' },
      },
    ],
  };
}
