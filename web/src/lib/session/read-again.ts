import { refreshAll } from '$app/navigation';

let under = 0;

/** Whether the page is being read again because of news: nobody goes anywhere. */
export const isReadingAgain = (): boolean => under > 0;

/**
 * Reads the page again because of news, which take nobody to another page, not even whoever was signed out in that moment:
 * what they were writing stays. The frame of the pages behind a sign-in holds them there.
 */
export async function readAgain(): Promise<void> {
  under += 1;
  await refreshAll().finally(() => (under -= 1));
}
