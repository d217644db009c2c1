import type { Browser, WebSocketRoute } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeAll, launch, openAs, type Watched } from './chromium.js';

let browser: Browser;
let here: Watched;
let there: Watched;
beforeAll(async () => {
  browser = await launch();
  here = await openAs(browser, 'pantry');
  there = await openAs(browser, 'pantry');
});
afterAll(() => closeAll(browser));

/** Stands between a page and its live connection: cuts it with this code, and keeps it away until told otherwise. */
async function wireCutter({ page }: Watched) {
  const wires = new Set<WebSocketRoute>();
  const state = { away: false, arrivals: 0 };
  await page.routeWebSocket(/\/graphql$/, (wire) => {
    if (state.away) return void wire.close({ code: 1013, reason: 'away' });
    state.arrivals += 1;
    wire.connectToServer();
    wires.add(wire);
    wire.onClose((code, reason) => {
      wires.delete(wire);
      void wire.close({ code: code ?? 1000, reason: reason ?? '' });
    });
  });
  return {
    arrivals: () => state.arrivals,
    async cut(code: number) {
      state.away = true;
      await Promise.all([...wires].map((wire) => wire.close({ code, reason: 'cut' })));
      wires.clear();
    },
    mend: () => {
      state.away = false;
    },
  };
}

describe('A page whose live connection breaks', () => {
  it('shows what happened in between when it is back, whatever way it broke', async () => {
    const wire = await wireCutter(here);
    const { page } = here;
    // The socket is open before the page of the referral comes: it was there for the inbox already.
    await page.goto('/inbox?queue=IN_WORK');
    await expect.poll(wire.arrivals, { timeout: 20_000 }).toBe(1);
    await page.locator('li[data-id] h2 a').first().click();
    await page.getByRole('heading', { name: 'Who and what' }).waitFor();
    await there.page.goto(page.url());
    await there.page.getByRole('heading', { name: 'Who and what' }).waitFor();
    // 1012 is a server that restarts, 4500 one that failed for a moment: after that, graphql-ws alone gives up for ever.
    for (const code of [1012, 4500]) {
      const before = wire.arrivals();
      await wire.cut(code);
      const words = `Sent while nobody listened (${code}, ${Date.now()}).`;
      await there.page.getByLabel('Write a message').fill(words);
      await there.page.getByRole('button', { name: 'Send message' }).click();
      await there.page.getByText(words).waitFor();
      expect(await page.getByText(words).count()).toBe(0);
      wire.mend();
      await page.getByText(words).waitFor({ timeout: 40_000 });
      expect(wire.arrivals()).toBeGreaterThan(before);
    }
  });
});

describe('A page that is read before it can listen', () => {
  it('shows what happened in between, and is read once where nothing did', async () => {
    const { page } = await openAs(browser, 'pantry');
    await page.goto('/inbox?queue=IN_WORK');
    await page.locator('li[data-id] h2 a').first().click();
    await page.getByRole('heading', { name: 'Who and what' }).waitFor();
    const address = page.url();
    await there.page.goto(address);
    await there.page.getByRole('heading', { name: 'Who and what' }).waitFor();
    const gate = { open: () => undefined as void, wait: Promise.resolve() };
    const shut = (): void => {
      gate.wait = new Promise((done) => {
        gate.open = done;
      });
    };
    await page.routeWebSocket(/\/graphql$/, async (wire) => {
      await gate.wait;
      wire.connectToServer();
    });
    let reads = 0;
    page.on('request', (request) => {
      if (request.postData()?.includes(address.split('/').at(-1) ?? '')) reads += 1;
    });
    shut();
    await page.goto(address);
    await page.getByRole('heading', { name: 'Who and what' }).waitFor();
    const words = `Sent before anybody listened (${Date.now()}).`;
    await there.page.getByLabel('Write a message').fill(words);
    await there.page.getByRole('button', { name: 'Send message' }).click();
    await there.page.getByText(words).waitFor();
    expect(await page.getByText(words).count()).toBe(0);
    gate.open();
    await page.getByText(words).waitFor();
    // Again, and nobody does anything: what the page asks for, it asks for once.
    reads = 0;
    shut();
    await page.goto(address);
    await page.getByText(words).waitFor();
    const before = reads;
    const listening = page.waitForEvent('websocket').then((wire) => wire.waitForEvent('framesent'));
    gate.open();
    await Promise.race([listening, page.waitForTimeout(1500)]);
    await page.waitForTimeout(1000);
    expect(reads).toBe(before);
  });
});
