/**
 * The most points each part of the ranking can give. Text outweighs all else together, so that what was asked for
 * stands first; distance comes next; fit is added by the directory, which alone knows eligibility.
 */
export const RANK = {
  text: 60,
  distance: 20,
  fit: 10,
  room: 5,
  freshness: 5,
} as const;

/** At this distance, in miles, half of the points for distance are left. */
export const HALF_DISTANCE_MILES = 8;
/** What a service gets that comes to the person, wherever it has its office. */
export const SERVED_AREA_POINTS = 6;
/** Points for freshness fall to nothing over this many days since a listing was confirmed. */
export const FRESH_DAYS = 540;
