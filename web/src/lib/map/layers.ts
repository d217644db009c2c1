import type { FilterSpecification, LayerSpecification } from 'maplibre-gl';
import { colour, label } from './base.js';
import { ring } from './ring.js';

export interface Point {
  id: string;
  name: string;
  latitude: number;
  longitude: number;
}
/** Where one asked from, and how far around it. */
export interface Around {
  latitude: number;
  longitude: number;
  miles: number;
}

const at = ({ longitude, latitude }: { longitude: number; latitude: number }) => [longitude, latitude];

/** The points, the place asked from and the circle around it, as one set of features. */
export const shown = (points: readonly Point[], chosen: string | null, around: Around | null) => ({
  type: 'FeatureCollection' as const,
  features: [
    ...(around
      ? [
          {
            type: 'Feature' as const,
            properties: { kind: 'ring' },
            geometry: { type: 'LineString' as const, coordinates: ring(around, around.miles) },
          },
          {
            type: 'Feature' as const,
            properties: { kind: 'here' },
            geometry: { type: 'Point' as const, coordinates: at(around) },
          },
        ]
      : []),
    ...points.map((point) => ({
      type: 'Feature' as const,
      properties: { kind: 'point', id: point.id, name: point.name, chosen: point.id === chosen },
      geometry: { type: 'Point' as const, coordinates: at(point) },
    })),
  ],
});

const only = (kind: string): FilterSpecification => ['==', ['get', 'kind'], kind];

export function layers(): LayerSpecification[] {
  const names = label(12, colour('--ink'));
  const white = { 'circle-stroke-color': colour('--ground'), 'circle-stroke-width': 2 };
  return [
    {
      id: 'ring',
      type: 'line',
      source: 'shown',
      filter: only('ring'),
      paint: { 'line-color': colour('--accent'), 'line-width': 1.5, 'line-dasharray': [2, 2] },
    },
    {
      id: 'here',
      type: 'circle',
      source: 'shown',
      filter: only('here'),
      paint: { 'circle-radius': 5, 'circle-color': colour('--ink'), ...white },
    },
    {
      id: 'points',
      type: 'circle',
      source: 'shown',
      filter: only('point'),
      layout: { 'circle-sort-key': ['case', ['get', 'chosen'], 1, 0] },
      paint: {
        'circle-radius': ['case', ['get', 'chosen'], 11, 8],
        'circle-color': ['case', ['get', 'chosen'], colour('--danger'), colour('--accent')],
        ...white,
      },
    },
    {
      id: 'names',
      type: 'symbol',
      source: 'shown',
      minzoom: 10,
      filter: only('point'),
      layout: {
        ...names.layout,
        'text-field': ['get', 'name'],
        'text-optional': true,
        'text-variable-anchor': ['top', 'bottom', 'left', 'right'],
        'text-radial-offset': 0.9,
      },
      paint: names.paint,
    },
  ];
}
