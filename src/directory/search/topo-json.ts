/** Corners, as GeoJSON orders them: degrees east and north. */
type Corner = [number, number];
type Json = Readonly<Record<string, unknown>>;

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : NaN);
const pair = (value: unknown, otherwise: Corner): Corner =>
  Array.isArray(value) ? [numberOf(value[0]), numberOf(value[1])] : otherwise;

/** The lines that outlines are put together from. Where they are written as steps on a grid, these are added up. */
function linesOf({ arcs, transform }: Json): Corner[][] {
  const grid = isObject(transform) ? transform : undefined;
  const [scale, start] = [pair(grid?.['scale'], [1, 1]), pair(grid?.['translate'], [0, 0])];
  return listOf(arcs).map((arc) => {
    let [x, y] = [0, 0];
    return listOf(arc).map((corner): Corner => {
      const [right, up] = pair(corner, [NaN, NaN]);
      if (!grid) return [right, up];
      [x, y] = [x + right, y + up];
      return [x * scale[0] + start[0], y * scale[1] + start[1]];
    });
  });
}

/**
 * The outlines of a TopoJSON topology as GeoJSON geometries. A short text can name one line any number of times: beyond so
 * many corners nothing is read.
 */
export function geometriesOf(topology: Json, mostCorners: number): Json[] {
  const lines = linesOf(topology);
  let left = mostCorners;
  /** A line from its end to its beginning is named by its complement; each begins where the one before it ended. */
  const ring = (names: unknown): Corner[] => {
    const corners: Corner[] = [];
    for (const name of listOf(names)) {
      const number = numberOf(name);
      const line = lines[number < 0 ? ~number : number] ?? [[NaN, NaN]];
      left -= line.length;
      if (left < 0) throw new RangeError('too many corners');
      const onward = number < 0 ? line.toReversed() : line;
      for (const corner of corners.length > 0 ? onward.slice(1) : onward) corners.push(corner);
    }
    return corners;
  };
  const outline = (value: unknown): Json[] => {
    if (!isObject(value)) return [];
    const { type, arcs, geometries } = value;
    switch (type) {
      case 'Polygon':
        return [{ type, coordinates: listOf(arcs).map(ring) }];
      case 'MultiPolygon':
        return [{ type, coordinates: listOf(arcs).map((polygon) => listOf(polygon).map(ring)) }];
      case 'GeometryCollection':
        return listOf(geometries).flatMap(outline);
      default:
        return [];
    }
  };
  const { objects } = topology;
  return isObject(objects) ? Object.values(objects).flatMap(outline) : [];
}
