import { describe, expect, it } from 'vitest';
import { allPlaces, cityCentre, countyName, milesBetween, placeOf } from './places.js';
import { stateCode, timeZoneOf } from './states.js';

describe('places', () => {
  it('knows a ZIP code, also as ZIP+4', () => {
    expect(placeOf('21044')).toMatchObject({ city: 'Columbia', county: 'Howard', state: 'MD' });
    expect(placeOf('21044-1234')?.zip).toBe('21044');
    expect(placeOf('00000')).toBeUndefined();
  });

  it('tells Baltimore City from Baltimore County', () => {
    expect(placeOf('21201')?.county).toBe('Baltimore City');
    expect(placeOf('21204')?.county).toBe('Baltimore');
  });

  it.each([
    ['Baltimore (city)', 'Baltimore City'],
    ['Baltimore city', 'Baltimore City'],
    ['Baltimore County', 'Baltimore'],
    ['City of Alexandria', 'Alexandria City'],
    ['Colonial Heights (city', 'Colonial Heights City'],
    ["MD Prince George's County", "Prince George's"],
    ['City and County of San Francisco', 'San Francisco'],
    ['Saint Johns', 'St. Johns'],
    ['Charles City', 'Charles City'],
    ['Carson City (city)', 'Carson City'],
    ['Yukon-Koyukuk (CA)', 'Yukon-Koyukuk'],
  ])('writes the county %s as %s', (raw, name) => expect(countyName(raw)).toBe(name));

  it('lists every ZIP code once, each inside the ranges of latitude and longitude', () => {
    const all = [...allPlaces()];
    expect(all.length).toBeGreaterThan(40_000);
    expect(new Set(all.map((p) => p.zip)).size).toBe(all.length);
    expect(all.every((p) => Math.abs(p.latitude) <= 90 && Math.abs(p.longitude) <= 180)).toBe(true);
  });

  it('finds the middle of a city', () => {
    const centre = cityCentre('saint louis', 'MO');
    expect(centre && milesBetween(centre, { latitude: 38.627, longitude: -90.199 })).toBeLessThan(12);
  });

  // Reference distances: great-circle on the WGS 84 mean sphere, published airport-to-airport figures.
  it.each([
    ['JFK–LAX', 40.639751, -73.778925, 33.942536, -118.408075, 2475],
    ['BWI–ORD', 39.175361, -76.668332, 41.978603, -87.904842, 622],
    ['London–Paris', 51.5074, -0.1278, 48.8566, 2.3522, 213.5],
  ])('measures %s within half a per cent', (_, la, lo, lb, lp, miles) => {
    const d = milesBetween({ latitude: la, longitude: lo }, { latitude: lb, longitude: lp });
    expect(Math.abs(d - miles) / miles).toBeLessThan(0.005);
  });

  it('reads states by name and code, and knows their time zones', () => {
    expect(stateCode('California')).toBe('CA');
    expect(stateCode('md ')).toBe('MD');
    expect(stateCode('D.C.')).toBe('DC');
    expect(stateCode('Nowhere')).toBeUndefined();
    expect(timeZoneOf('CA')).toBe('America/Los_Angeles');
  });
});
