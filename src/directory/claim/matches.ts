/** Where anybody gets an address: its domain speaks for nobody. */
const FOR_ANYONE =
  /^((gmail|googlemail|yahoo|ymail|outlook|hotmail|live|msn|aol|icloud|proton|protonmail|gmx|comcast|verizon|att|sbcglobal|cox|charter|earthlink|mail|zoho)\.(com|net|org|es|mx)|(me|mac)\.com|proton\.me)$/i;

function hostOf(url: string | null | undefined): string | null {
  if (!url || !URL.canParse(url)) return null;
  return new URL(url).hostname.toLowerCase().replace(/^www\./, '');
}

const domainOf = (email: string | null | undefined): string | null =>
  email?.split('@')[1]?.toLowerCase().trim() || null;

/** A domain that is the other one, or a part of it: desk@mail.pantry.example and www.pantry.example. */
const related = (a: string, b: string): boolean => a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`);

/** What of a listing has the domain of an address: its website, its own address. Free mail matches nothing. */
export function domainMatches(
  email: string,
  listed: { websites: readonly (string | null | undefined)[]; emails: readonly (string | null | undefined)[] },
): ('website' | 'email')[] {
  const domain = domainOf(email);
  if (!domain?.includes('.') || FOR_ANYONE.test(domain)) return [];
  const has = (other: string | null): boolean => other !== null && other.includes('.') && related(domain, other);
  return [
    ...(listed.websites.some((url) => has(hostOf(url))) ? (['website'] as const) : []),
    ...(listed.emails.some((address) => has(domainOf(address))) ? (['email'] as const) : []),
  ];
}
