import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { allPlaces } from '../../places.js';

/** Fills the reference table of ZIP codes when it is empty. Needs the schema's owner. Returns the rows written. */
export async function fillZipCodes(owner: ClientBase): Promise<number> {
  const { rows } = await owner.query<{ filled: boolean }>('select exists(select from hub.zip_code) as filled');
  if (rows[0]?.filled) return 0;
  const stream = owner.query(copyFrom('copy hub.zip_code (zip, city, county, state, latitude, longitude) from stdin'));
  let count = 0;
  let text = '';
  for (const { zip, city, county, state, latitude, longitude } of allPlaces()) {
    text += `${[zip, city, county, state, latitude, longitude].join('\t')}\n`;
    count += 1;
    if (text.length < 1 << 18) continue;
    if (!stream.write(text)) await once(stream, 'drain');
    text = '';
  }
  stream.end(text);
  await finished(stream);
  return count;
}
