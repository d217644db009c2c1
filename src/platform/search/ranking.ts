/**
 * The most points each part of the ranking can give. Text outweighs all else together, so that what was asked for
 * stands first; distance comes next. Changed at start by SEARCH_WEIGHTS, see {@link readWeights}.
 */
export const RANK = {
  text: 60,
  distance: 20,
  fit: 10,
  room: 5,
  freshness: 5,
  answers: 5,
};
export type Weights = typeof RANK;

/** No part may give more than this. */
const MOST = 100;

/**
 * Weights from a JSON object such as `{"distance": 10, "answers": 0}`; what is left out stays as it is.
 * @throws Error that says what is wrong with them
 */
export function readWeights(text: string | undefined): Partial<Weights> {
  if (text === undefined) return {};
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw new Error('it is not JSON');
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw new Error('it is not a JSON object');
  for (const [part, points] of Object.entries(given)) {
    if (!(part in RANK)) throw new Error(`"${part}" is none of ${Object.keys(RANK).join(', ')}`);
    if (typeof points !== 'number' || !(points >= 0 && points <= MOST)) {
      throw new Error(`"${part}" is not a number from 0 to ${MOST}`);
    }
  }
  if ('text' in given && given.text === 0) throw new Error('"text" is 0: words would find nothing first');
  return given;
}

/** Ranks by these weights from now on. */
export function weigh(weights: Partial<Weights>): void {
  Object.assign(RANK, weights);
}

/** At this distance, in miles, half of the points for distance are left. */
export const HALF_DISTANCE_MILES = 8;
/** Of the points for distance, what a service gets that comes to the person, wherever it has its office. */
export const SERVED_AREA_SHARE = 0.3;
/** Points for freshness fall to nothing over this many days since a listing was confirmed. */
export const FRESH_DAYS = 540;
/** Of the points for answers, what an agency gets of which too little is known: neither good nor bad. */
export const UNKNOWN_ANSWERS = 0.5;
