import { allPlaces, type Place } from '../directory/index.js';

/** The metropolitan area of the demo: real ZIP codes of Baltimore and its counties, with nothing else real in them. */
const COUNTIES = new Set([
  'Baltimore City',
  'Baltimore (city)',
  'Baltimore',
  'Anne Arundel',
  'Howard',
  'Harford',
  'Carroll',
]);

export const metropolitanArea = (): Place[] =>
  [...allPlaces()].filter((place) => place.state === 'MD' && COUNTIES.has(place.county));
