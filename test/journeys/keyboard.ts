import type { Locator, Page } from 'playwright-core';

interface InDocument {
  ownerDocument: { activeElement: unknown };
}
/** Waits until something has the focus: a page moves it once it has shown what is wrong. */
export async function focused(target: Locator): Promise<void> {
  await target.and(target.page().locator(':focus')).waitFor();
}

/** Whether something has the focus. */
function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((element: unknown) => (element as InDocument).ownerDocument.activeElement === element);
}

/** Presses Tab until something has the focus, as somebody without a mouse does; throws when it is never reached. */
export async function tabTo(page: Page, target: Locator, most = 60): Promise<void> {
  await target.waitFor();
  for (let press = 0; press <= most; press += 1) {
    if (await hasFocus(target)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${String(target)} is not reached by Tab`);
}

/** Walks to a button or link and presses it. */
export async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/** Walks to a field and types over what stands in it. */
export async function type(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
}
