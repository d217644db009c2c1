import type { Key } from '#lib/i18n/index';
import { session, type Permission } from '#lib/session/session.svelte';
import type { IconName } from '#lib/ui/index';

interface Entry {
  href: string;
  title: Key;
  icon: IconName;
  needs: Permission;
}

/** In the order of importance; each role sees at most the first five it may open. */
const entries: readonly Entry[] = [
  { href: '/today', title: 'nav.today', icon: 'home', needs: 'referral.send' },
  { href: '/patients', title: 'nav.patients', icon: 'people', needs: 'patient.write' },
  { href: '/referrals', title: 'nav.referrals', icon: 'send', needs: 'referral.send' },
  { href: '/inbox', title: 'nav.inbox', icon: 'inbox', needs: 'referral.answer' },
  { href: '/listing', title: 'nav.listing', icon: 'building', needs: 'listing.write' },
  { href: '/population', title: 'nav.population', icon: 'chart', needs: 'population.read' },
  { href: '/funnel', title: 'nav.funnel', icon: 'funnel', needs: 'population.read' },
  { href: '/queue', title: 'nav.queue', icon: 'list', needs: 'directory.write' },
  { href: '/people', title: 'nav.people', icon: 'person', needs: 'member.manage' },
  { href: '/imports', title: 'nav.import', icon: 'upload', needs: 'directory.import' },
  { href: '/forms', title: 'nav.forms', icon: 'list', needs: 'instrument.write' },
  { href: '/hub', title: 'nav.hub', icon: 'settings', needs: 'hub.operate' },
  { href: '/access-log', title: 'nav.accessLog', icon: 'eye', needs: 'audit.read' },
  { href: '/emergencies', title: 'nav.emergencies', icon: 'lock', needs: 'audit.read' },
];

export function rail(): Omit<Entry, 'needs'>[] {
  const mine: Omit<Entry, 'needs'>[] = entries.filter((entry) => session.can(entry.needs)).slice(0, 4);
  return [...mine, { href: '/search', title: 'nav.search', icon: 'search' }];
}

/** Where a person starts: the first entry of their rail. */
export const startPage = (): string => rail()[0]?.href ?? '/search';
