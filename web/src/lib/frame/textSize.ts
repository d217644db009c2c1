const STORED = 'hub.text';
export const TEXT_SIZES = ['1', '1.15', '1.3', '1.5'] as const;

export const storedTextSize = (): string => {
  const stored = localStorage.getItem(STORED);
  return (TEXT_SIZES as readonly (string | null)[]).includes(stored) ? (stored ?? '1') : '1';
};

export function setTextSize(scale: string): void {
  localStorage.setItem(STORED, scale);
  document.documentElement.style.setProperty('--text-scale', scale);
}
