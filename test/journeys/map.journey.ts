import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asTask } from '../../src/platform/database/operation.js';
import { rebuildSearch } from '../../src/directory/index.js';
import { placeOf } from '../../src/directory/places.js';
import { listing } from '../listings.js';
import { closeAll, launch, look, open } from './chromium.js';
import { freePort, ownHub, type OwnHub } from './own-hub.js';

const STYLE = {
  version: 8,
  sources: {
    land: {
      type: 'geojson',
      data: { type: 'FeatureCollection', features: [] },
      attribution: 'Drawn by the county (demo)',
    },
  },
  layers: [
    { id: 'ground', type: 'background', paint: { 'background-color': '#f4efe4' } },
    { id: 'land', type: 'fill', source: 'land' },
  ],
};

let browser: Browser;
let own: OwnHub;
let maps: Server;
let asked: string[];
beforeAll(async () => {
  asked = [];
  maps = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('access-control-allow-origin', '*').setHeader('content-type', 'application/json');
    response.end(JSON.stringify(STYLE));
  }).listen(0, '127.0.0.1');
  await once(maps, 'listening');
  browser = await launch();
  const { port } = maps.address() as AddressInfo;
  own = await ownHub(await freePort(), { MAP_STYLE_URL: `http://127.0.0.1:${port}/county.json` });
  const { latitude = 0, longitude = 0 } = placeOf('21044') ?? {};
  for (const name of ['Pantry by the lake', 'Supper by the lake']) {
    await listing(own.hub, { name, site: { latitude, longitude, zip: '21044' } });
  }
  await rebuildSearch(asTask(own.hub.orm));
});
afterAll(async () => {
  await closeAll(browser);
  await own.hub.stop();
  maps.close();
});

const found = '/search?q=lake&near=21044&map=1';
const shown = '[data-map="idle"]';

describe('The map', () => {
  it('is drawn by the style of the county, names who drew it, and leads to each of two at one door', async () => {
    const visit = await open(browser, { url: own.url });
    const { page, faults } = visit;
    await page.goto(found);
    await page.locator(shown).waitFor();
    expect(asked).toContain('/county.json');
    await page.getByText('Drawn by the county (demo)').waitFor();
    await page.getByRole('button', { name: 'Closer' }).click();
    await page.getByRole('button', { name: 'Farther away' }).click();
    const at = { position: await middle(page.locator(shown)) };
    const chosen = page.locator('main .list > li[data-current="true"] h2');
    const names: string[] = [];
    for (const _ of [1, 2]) {
      await page.locator(shown).click(at);
      await expect.poll(() => chosen.textContent()).not.toBe(names.at(-1));
      names.push((await chosen.textContent()) ?? '');
    }
    expect(names.toSorted()).toEqual(['Pantry by the lake', 'Supper by the lake']);
    await look(visit, 'map-of-the-county');
    expect(faults).toEqual([]);
  });

  it('is drawn by the hub itself when the other server is away', async () => {
    maps.closeAllConnections();
    maps.close();
    const { page } = await open(browser, { url: own.url });
    await page.goto(found);
    await page.locator(shown).waitFor();
    expect(await page.getByText('The map could not be shown').count()).toBe(0);
  });
});

async function middle(map: { boundingBox(): Promise<{ width: number; height: number } | null> }) {
  const { width = 0, height = 0 } = (await map.boundingBox()) ?? {};
  return { x: width / 2, y: height / 2 };
}
