/** The address of a list: the keys of its listings stand behind the `#`, which is sent to no server and kept by none. */
export function listAddress(keys: readonly string[]): string {
  return `${location.origin}/my-list#s=${keys.join('')}`;
}

/** The keys in the address of this page; undefined when it is no list that somebody sent. */
export function sentKeys(hash: string): string[] | undefined {
  const [, keys] = /^#s=([\w-]+)$/.exec(hash) ?? [];
  return keys?.match(/.{10}/g)?.slice(0, 20);
}
