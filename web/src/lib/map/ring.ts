const EARTH_MILES = 3958.8;
const CORNERS = 72;

/** The circle of some miles around a point, as [longitude, latitude] by bearing; closed. */
export function ring(
  { latitude, longitude }: { latitude: number; longitude: number },
  miles: number,
): [number, number][] {
  const far = miles / EARTH_MILES;
  const lat = (latitude * Math.PI) / 180;
  return Array.from({ length: CORNERS + 1 }, (_, corner) => {
    const bearing = (2 * Math.PI * corner) / CORNERS;
    const north = Math.asin(Math.sin(lat) * Math.cos(far) + Math.cos(lat) * Math.sin(far) * Math.cos(bearing));
    const east = Math.atan2(
      Math.sin(bearing) * Math.sin(far) * Math.cos(lat),
      Math.cos(far) - Math.sin(lat) * Math.sin(north),
    );
    return [longitude + (east * 180) / Math.PI, (north * 180) / Math.PI];
  });
}
