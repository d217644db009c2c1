import type { HoursLine } from '#lib/listing/values';

export interface Address {
  address1: string;
  city: string;
  stateProvince: string;
  postalCode: string;
}

/** What the agency says of one field: that it is right, or what should stand there. */
export interface Answer {
  right: boolean;
  text?: string;
  hours?: HoursLine[];
  address?: Address;
}

/** "10 Main St, Columbia, MD 21044" taken apart, so that one part can be changed. */
export function startOf(words: string): Address {
  const match = /^(.*), ([^,]+), ([A-Z]{2}) (\d{5}(?:-\d{4})?)$/.exec(words);
  const [, address1 = '', city = '', stateProvince = '', postalCode = ''] = match ?? [];
  return { address1, city, stateProvince, postalCode };
}

/** An answer as the API takes it; hours are made by their own form. */
export const inputOf = ({ address, text }: Answer): Address | string | null => address ?? (text || null);
