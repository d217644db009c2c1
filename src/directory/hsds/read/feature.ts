const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A feature of a map layer, as GeoJSON and the exports of ArcGIS have it, as the plain object it tells of: its
 * properties with latitude and longitude beside them. Anything else stays what it is.
 */
export function plainOf(value: unknown): unknown {
  if (!isObject(value)) return value;
  const { type, properties, attributes, geometry } = value;
  const told = type === 'Feature' && isObject(properties) ? properties : isObject(geometry) ? attributes : undefined;
  if (!isObject(told)) return value;
  const [longitude, latitude] = isObject(geometry) ? pointOf(geometry) : [];
  const id = value.id === undefined ? {} : { id: value.id };
  return { ...id, ...(latitude !== undefined && { latitude, longitude }), ...told };
}

function pointOf({ type, coordinates, x, y }: Record<string, unknown>): unknown[] {
  if (type === 'Point' && Array.isArray(coordinates)) return coordinates.slice(0, 2);
  return typeof x === 'number' && typeof y === 'number' ? [x, y] : [];
}
