// This tab was handed to a patient: wherever somebody goes in it, the questions come back.
const HANDED = 'hub.handed';

/** From now on this tab shows the questions of this token, and nothing else. */
export function handed(token: string): void {
  sessionStorage.setItem(HANDED, token);
}

/** The token of the questions that this tab was handed over with; empty when it was not. */
export const handedToken = (): string => sessionStorage.getItem(HANDED) ?? '';

/** The device is back in the hands of the care team. */
export function takenBack(): void {
  sessionStorage.removeItem(HANDED);
}
