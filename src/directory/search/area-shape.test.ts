import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundsOf, holds, readShape } from './area-shape.js';

const at = (latitude: number, longitude: number) => ({ latitude, longitude });
/** A square of two degrees with a square hole of one. */
const outline = [
  [-78, 38],
  [-76, 38],
  [-76, 40],
  [-78, 40],
  [-78, 38],
];
const hole = [
  [-77.5, 38.5],
  [-76.5, 38.5],
  [-76.5, 39.5],
  [-77.5, 39.5],
  [-77.5, 38.5],
];
const away = outline.map(([x = 0, y = 0]) => [x + 10, y]);
const polygon = { type: 'Polygon', coordinates: [outline, hole] };
const wkt = (ring: number[][]) => `(${ring.map((corner) => corner.join(' ')).join(', ')})`;
const kml = (ring: number[][]) =>
  `<coordinates>\n${ring.map((corner) => [...corner, 0].join(',')).join(' ')}</coordinates>`;

/** The outline in two lines, the second written from its end; the hole as steps on a grid of half degrees. */
const topology = {
  type: 'Topology',
  objects: { area: { type: 'GeometryCollection', geometries: [{ type: 'Polygon', arcs: [[0, ~1], [2]] }] } },
  arcs: [outline.slice(0, 3), outline.slice(2).toReversed(), hole],
};
const onGrid = {
  ...topology,
  transform: { scale: [0.5, 0.5], translate: [-78, 38] },
  arcs: topology.arcs.map((line) => {
    let [x, y] = [0, 0];
    return line.map(([east = 0, north = 0]) => {
      const [column, row] = [(east + 78) / 0.5, (north - 38) / 0.5];
      const step = [column - x, row - y];
      [x, y] = [column, row];
      return step;
    });
  }),
};

describe('a service area drawn on the map', () => {
  it.each([
    ['GeoJSON polygon', JSON.stringify(polygon)],
    ['feature', JSON.stringify({ type: 'Feature', properties: {}, geometry: polygon })],
    ['collection', JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', geometry: polygon }] })],
    [
      'geometries',
      JSON.stringify({ type: 'GeometryCollection', geometries: [{ type: 'Point', coordinates: [0, 0] }, polygon] }),
    ],
    ['TopoJSON', JSON.stringify(topology)],
    ['TopoJSON on a grid', JSON.stringify(onGrid)],
    ['WKT', `POLYGON (${wkt(outline)}, ${wkt(hole)})`],
    ['EWKT', `SRID=4326;polygon(${wkt(outline)},${wkt(hole)})`],
    [
      'KML',
      `<kml><Polygon><outerBoundaryIs><LinearRing>${kml(outline)}</LinearRing></outerBoundaryIs><innerBoundaryIs><LinearRing>${kml(hole)}</LinearRing></innerBoundaryIs></Polygon></kml>`,
    ],
  ])('is read as %s, its hole left out', (_, text) => {
    const shape = readShape(text) ?? [];
    expect(boundsOf(shape)).toEqual({ west: -78, south: 38, east: -76, north: 40 });
    expect(holds(shape, at(38.2, -77.8))).toBe(true);
    expect(holds(shape, at(39, -77))).toBe(false);
    expect(holds(shape, at(39, -75.9))).toBe(false);
    expect(holds(shape, at(41, -77))).toBe(false);
  });

  it('is nothing when its TopoJSON names lines that are not there, or one line a million times', () => {
    const withArcs = (arcs: unknown) => JSON.stringify({ ...topology, objects: { area: { type: 'Polygon', arcs } } });
    expect(readShape(withArcs([[7]]))).toBeNull();
    expect(readShape(withArcs([['x']]))).toBeNull();
    expect(readShape(withArcs([Array.from({ length: 1_000_000 }, () => 2)]))).toBeNull();
    expect(readShape(JSON.stringify({ ...topology, arcs: null }))).toBeNull();
    expect(readShape(JSON.stringify({ ...topology, objects: null }))).toBeNull();
  });

  it.each([
    ['GeoJSON', JSON.stringify({ type: 'MultiPolygon', coordinates: [[outline, hole], [away]] })],
    ['WKT', `MULTIPOLYGON ((${wkt(outline)}, ${wkt(hole)}), (${wkt(away)}))`],
    [
      'overlapping parts',
      JSON.stringify({
        type: 'MultiPolygon',
        coordinates: [[outline, hole], [away], [away.map(([x = 0, y = 0]) => [x + 0.1, y])]],
      }),
    ],
  ])('of several parts is read as %s', (_, text) => {
    const shape = readShape(text) ?? [];
    expect(holds(shape, at(38.2, -77.8))).toBe(true);
    expect(holds(shape, at(39, -67))).toBe(true);
    expect(holds(shape, at(39, -77))).toBe(false);
    expect(holds(shape, at(39, -72))).toBe(false);
  });

  it.each([
    'Howard County',
    '{',
    '{}',
    '{"type":"Polygon"}',
    '{"type":"Polygon","coordinates":[[[1,2],[3,4]]]}',
    '{"type":"Polygon","coordinates":[[["x",2],[3,4],[5,6],["x",2]]]}',
    '{"type":"Polygon","coordinates":[[[0,0],[200,0],[200,10],[0,0]]]}',
    'POLYGON EMPTY',
    'POLYGON ((1 2, 3 4',
    'POINT (1 2)',
    '<kml></kml>',
    '',
  ])('is not guessed at from "%s"', (text) => {
    expect(readShape(text)).toBeNull();
  });

  it('holds the same points as angles summed around them', () => {
    // The winding number of a star-shaped ring, told another way.
    const ring = fc
      .array(fc.double({ min: 0.5, max: 3, noNaN: true }), { minLength: 3, maxLength: 12 })
      .map((radii) => {
        const corners = radii.map((radius, n) => {
          const angle = (2 * Math.PI * n) / radii.length;
          return [-77 + radius * Math.cos(angle), 39 + radius * Math.sin(angle)];
        });
        return [...corners, corners[0] ?? []];
      });
    const offset = fc.double({ min: -4, max: 4, noNaN: true });
    fc.assert(
      fc.property(ring, offset, offset, (corners, north, east) => {
        const point = at(39 + north, -77 + east);
        const angles = corners.map(([x = 0, y = 0]) => Math.atan2(y - point.latitude, x - point.longitude));
        const turns = angles.slice(1).reduce((sum, angle, n) => {
          const turn = angle - (angles[n] ?? 0);
          return sum + (turn > Math.PI ? turn - 2 * Math.PI : turn < -Math.PI ? turn + 2 * Math.PI : turn);
        }, 0);
        const shape = readShape(JSON.stringify({ type: 'Polygon', coordinates: [corners] })) ?? [];
        expect(holds(shape, point)).toBe(Math.abs(turns) > Math.PI);
      }),
      { numRuns: 1000 },
    );
  });
});
