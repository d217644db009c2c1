import { geometriesOf } from './topo-json.js';

/** Degrees east and north, as GeoJSON orders them. */
type Position = readonly [number, number];
type Ring = readonly Position[];
/** An outline and its holes. */
type Polygon = readonly Ring[];

/** The ground that a service area covers. */
export type Shape = readonly Polygon[];

export interface Bounds {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** Beyond this many corners a text is not a service area but an attack. */
const MAX_CORNERS = 200_000;

/** Reads the extent of an HSDS service area: GeoJSON, TopoJSON, WKT or KML. null when it holds no polygon that can be read. */
export function readShape(text: string): Shape | null {
  const written = text.trim();
  const polygons = written.startsWith('{')
    ? fromJson(written)
    : written.includes('<')
      ? fromKml(written)
      : fromWkt(written);
  const rings = polygons.flat();
  const corners = rings.reduce((sum, ring) => sum + ring.length, 0);
  const good =
    rings.length > 0 && corners <= MAX_CORNERS && rings.every((ring) => ring.length >= 4 && ring.every(onEarth));
  return good ? polygons : null;
}

const onEarth = ([x, y]: Position): boolean => Math.abs(x) <= 180 && Math.abs(y) <= 90;

interface Json {
  type?: unknown;
  coordinates?: unknown;
  geometry?: unknown;
  geometries?: unknown;
  features?: unknown;
}

function fromJson(text: string): Polygon[] {
  try {
    return polygonsOf(JSON.parse(text));
  } catch {
    return [];
  }
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

function polygonsOf(value: unknown): Polygon[] {
  if (typeof value !== 'object' || value === null) return [];
  const { type, coordinates, geometry, geometries, features } = value as Json;
  switch (type) {
    case 'Polygon':
      return [listOf(coordinates).map(ringOf)];
    case 'MultiPolygon':
      return listOf(coordinates).map((polygon) => listOf(polygon).map(ringOf));
    case 'Feature':
      return polygonsOf(geometry);
    case 'FeatureCollection':
      return listOf(features).flatMap(polygonsOf);
    case 'GeometryCollection':
      return listOf(geometries).flatMap(polygonsOf);
    case 'Topology':
      return geometriesOf(value as Readonly<Record<string, unknown>>, MAX_CORNERS).flatMap(polygonsOf);
    default:
      return [];
  }
}

const ringOf = (ring: unknown): Ring => listOf(ring).map((corner) => position(listOf(corner)));
const position = ([x, y]: readonly unknown[]): Position => [
  typeof x === 'number' ? x : NaN,
  typeof y === 'number' ? y : NaN,
];

function fromWkt(text: string): Polygon[] {
  const [, kind, body] = /^(?:SRID=4326;)?\s*(MULTIPOLYGON|POLYGON)\s*(?:Z|M|ZM)?\s*(\(.*\))$/is.exec(text) ?? [];
  if (!kind || !body) return [];
  const polygons = kind.toUpperCase() === 'POLYGON' ? [body] : body.slice(1, -1).split(/\)\s*\)\s*,/);
  return polygons.map((polygon) =>
    polygon
      .split(')')
      .map((ring) =>
        ring
          .replace(/[(\s,]*\(/g, '')
          .replace(/^\s*,/, '')
          .trim(),
      )
      .filter((ring) => ring !== '')
      .map((ring) => ring.split(',').map((corner) => position(corner.trim().split(/\s+/).map(Number)))),
  );
}

const ringsIn = (text: string): Ring[] =>
  [...text.matchAll(/<coordinates>([^<]*)<\/coordinates>/gi)].map(([, corners = '']) =>
    corners
      .trim()
      .split(/\s+/)
      .map((corner) => position(corner.split(',').map(Number))),
  );

function fromKml(text: string): Polygon[] {
  return [...text.matchAll(/<Polygon[\s>].*?<\/Polygon>/gis)].map(([polygon]) => ringsIn(polygon));
}

/** The box around a shape. */
export function boundsOf(shape: Shape): Bounds {
  const bounds = { west: 180, south: 90, east: -180, north: -90 };
  for (const [x, y] of shape.flat(2)) {
    bounds.west = Math.min(bounds.west, x);
    bounds.east = Math.max(bounds.east, x);
    bounds.south = Math.min(bounds.south, y);
    bounds.north = Math.max(bounds.north, y);
  }
  return bounds;
}

/** Whether a point lies within an outline and outside of its holes, by the even-odd rule; lines are straight on the map. */
export function holds(shape: Shape, point: { latitude: number; longitude: number }): boolean {
  return shape.some((polygon) => polygon.filter((ring) => encircles(ring, point)).length % 2 === 1);
}

function encircles(ring: Ring, { latitude, longitude }: { latitude: number; longitude: number }): boolean {
  let inside = false;
  let [x1, y1] = ring.at(-1) ?? [0, 0];
  for (const [x2, y2] of ring) {
    if (y1 > latitude !== y2 > latitude && longitude < x1 + ((latitude - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
    [x1, y1] = [x2, y2];
  }
  return inside;
}
