import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { expect, inject } from 'vitest';

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const shots = join(import.meta.dirname, '.shots');
const password = 'walk-the-demo-harbor';

/** The people of the demo network, by the first part of their address. */
export type Person =
  'care' | 'supervisor' | 'privacy' | 'pantry' | 'housing' | 'plan' | 'planadmin' | 'curator' | 'operator';

const executables = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/usr/bin/chromium-browser',
];

/** Starts the browser of a test file. Its flags keep it from calling home. */
export async function launch(): Promise<Browser> {
  const executablePath = executables.find((path) => path && existsSync(path));
  if (!executablePath) throw new Error('No Chromium found: install it, or name it in CHROMIUM.');
  mkdirSync(shots, { recursive: true });
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'];
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run', ...quiet] });
}

/** What went wrong in a page without anybody seeing it: script errors, refused files, broken rules of the CSP. */
export interface Watched {
  page: Page;
  faults: string[];
}

export async function open(
  browser: Browser,
  options: { width?: number; locale?: string; url?: string; timeZone?: string } = {},
): Promise<Watched> {
  const { width = 1280, locale = 'en-US', url = inject('hubUrl'), timeZone = 'America/New_York' } = options;
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height: width < 500 ? 700 : 900 },
    timezoneId: timeZone,
    locale,
  });
  context.setDefaultTimeout(15_000);
  return watch(await context.newPage());
}

function watch(page: Page): Watched {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  return { page, faults };
}

/** Signs in through the page, as a person does, and waits for their start page. */
export async function enter(page: Page, email: string, secret: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(secret);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  await page.locator('h1').waitFor();
}

/** {@link enter} as somebody of the demo. */
export const signIn = (page: Page, person: Person): Promise<void> => enter(page, `${person}@example.org`, password);

export async function openAs(browser: Browser, person: Person): Promise<Watched> {
  const watched = await open(browser);
  await signIn(watched.page, person);
  return watched;
}

interface Violation {
  id: string;
  nodes: { html: string }[];
}

/**
 * Looks at the page as it stands, wide and on a small phone: no violation of axe's WCAG 2.2 AA and best-practice rules,
 * nothing that makes the page scroll sideways, and a screenshot of each.
 */
export async function look({ page, faults }: Watched, name: string): Promise<void> {
  const wide = page.viewportSize() ?? { width: 1280, height: 900 };
  for (const size of [wide, { width: 320, height: 700 }]) {
    await page.setViewportSize(size);
    await page.waitForTimeout(150);
    await page.screenshot({ path: join(shots, `${name}-${size.width}.png`), fullPage: true });
    const sideways = (await page.evaluate('document.documentElement.scrollWidth - innerWidth')) as number;
    expect(sideways, `${name} scrolls sideways at ${size.width} px`).toBeLessThanOrEqual(0);
    await page.evaluate(axe);
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const report = (await page.evaluate(`axe.run(document, { runOnly: ${JSON.stringify(tags)} })`)) as {
      violations: Violation[];
    };
    const violations = report.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`);
    expect(violations, `${name} at ${size.width} px`).toEqual([]);
  }
  await page.setViewportSize(wide);
  expect(faults, `${name}: faults in the console`).toEqual([]);
}

/** Words that would be a raw code of the API: capitals with underscores, ids, kebab-case categories. */
export async function rawWords(page: Page): Promise<string[]> {
  const text = await page.locator('main').innerText();
  return [
    ...text.matchAll(/\b[A-Z]{3,}_[A-Z_]{2,}\b|\b[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]+\b|\b[a-z]+-insecurity\b/g),
  ].map(([word]) => word);
}

export async function closeAll(browser: Browser | undefined): Promise<void> {
  const contexts: BrowserContext[] = browser?.contexts() ?? [];
  await Promise.all(contexts.map((context) => context.close()));
  await browser?.close();
}
