import { locale } from '#lib/i18n/i18n.svelte';

/** Saves a file that only the holder of a token may open: an address alone would not do. */
export async function saveFile(
  file: { id: string; kind: string; name: string },
  proof: Record<string, string>,
): Promise<boolean> {
  const response = await fetch(`/files/${file.id}?${new URLSearchParams({ kind: file.kind }).toString()}`, {
    headers: { ...proof, 'accept-language': locale() },
  }).catch(() => null);
  if (!response?.ok) return false;
  const address = URL.createObjectURL(await response.blob());
  const anchor = Object.assign(document.createElement('a'), { href: address, download: file.name });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return true;
}
