const NAME = 'hub.answerName';

/** Who answers without an account: asked once, and known to this device. */
export const knownName = (): string => localStorage.getItem(NAME) ?? '';
export function keepName(name: string): void {
  if (name.trim()) localStorage.setItem(NAME, name.trim());
}
