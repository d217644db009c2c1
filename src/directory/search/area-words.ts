import type { Language } from '../../platform/words.js';
import { countyLabel } from '../places.js';
import { stateCode, stateName } from '../states.js';
import { findPlace } from './find-place.js';

/** How areas are kept (see areaToKeep) as people write them: "MD/Howard" → "Howard County, MD". */
export function areaWords(kept: string, language: Language): string {
  if (/^\d{3}$/.test(kept)) {
    return language === 'es' ? `códigos postales que empiezan con ${kept}` : `ZIP codes that begin with ${kept}`;
  }
  const [state = '', county] = kept.split('/');
  return county ? countyLabel(county, state) : stateName(state);
}

/** A county as service areas name it, "MD/Howard", out of "Howard County, MD", a ZIP code or a city there; undefined when it is none. */
export function countyKey(text: string): string | undefined {
  if (/^[A-Z]{2}\/./.test(text.trim())) return text.trim();
  const place = findPlace(text);
  return place?.county && place.state ? `${place.state}/${place.county}` : undefined;
}

/** How an area is kept, out of a ZIP code or its first three digits, a county, a city (its county) or a state; undefined when it is none. */
export function areaKey(text: string): string | undefined {
  const digits = /^(\d{3})(?:\d\d)?$/.exec(text.trim())?.[1];
  return digits ?? stateCode(text) ?? countyKey(text);
}
