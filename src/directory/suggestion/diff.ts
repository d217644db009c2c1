import type { HubContext } from '../../access/index.js';
import { historyName, keysOf, type ListingChanges, type ListingKey } from '../curation/listing-fields.js';
import { textsOf, textsOfListings, type Texts } from '../curation/listing-texts.js';
import { saidValue } from '../said-value.js';
import type { Language } from '../../platform/words.js';
import { secretPlaces } from '../curation/place-part.js';
import { Service } from '../service/service.entity.js';
import { mayKeep } from '../service/service.policy.js';
import type { SuggestedField, Suggestion } from './suggestion.entity.js';
import type { ListingSignal } from './suggestion.enums.js';

/** What a signal asks for by itself; a curator may do otherwise. */
const PROPOSED: Readonly<Partial<Record<ListingSignal, ListingChanges>>> = {
  CLOSED: { status: 'INACTIVE' },
  NO_LONGER_OFFERED: { status: 'INACTIVE' },
};

/** What a suggestion would change. */
export function changesOf(suggestion: Pick<Suggestion, 'signal' | 'changes'>): ListingChanges {
  return suggestion.signal ? (PROPOSED[suggestion.signal] ?? {}) : suggestion.changes;
}

/** Room is no field of a correction: it is said, and gets old. */
function roomField(service: Service): SuggestedField {
  return {
    key: 'capacity',
    field: 'capacity_status',
    current: service.capacityStatus ?? '',
    base: null,
    suggested: 'NO_CAPACITY',
    changedSince: false,
    withheld: false,
  };
}

/** Suggestions field by field against their listings as they stand now. A secret place is shown to its keepers alone. */
export async function diffsOf(ctx: HubContext, suggestions: readonly Suggestion[]): Promise<SuggestedField[][]> {
  const em = await ctx.db.em();
  const ids = [...new Set(suggestions.map(({ serviceId }) => serviceId))];
  const services = new Map((await em.find(Service, { id: { $in: ids } })).map((service) => [service.id, service]));
  const asked = suggestions.flatMap((suggestion) => {
    const service = services.get(suggestion.serviceId);
    return service ? [{ suggestion, service, keys: keysOf(changesOf(suggestion)) }] : [];
  });
  const texts = new Map((await textsOfListings(em, asked)).map((text, index) => [asked[index]?.suggestion.id, text]));
  const hidden = asked.filter(({ service, keys }) => keys.includes('address') && !mayKeep(ctx.caller, service));
  const secret = await secretPlaces(
    em,
    hidden.map(({ service }) => service.id),
  );
  return suggestions.map((suggestion) => {
    const service = services.get(suggestion.serviceId);
    if (!service) return [];
    if (suggestion.signal === 'NO_ROOM') return [roomField(service)];
    return fieldsOf(suggestion, texts.get(suggestion.id) ?? {}, secret.has(service.id), ctx.language);
  });
}

function fieldsOf(suggestion: Suggestion, current: Texts, secret: boolean, language: Language): SuggestedField[] {
  const changes = changesOf(suggestion);
  const suggested = textsOf(changes);
  return keysOf(changes).map((key: ListingKey) => {
    const withheld = secret && key === 'address';
    const base = suggestion.base[key] ?? null;
    const shown = (text: string | null | undefined): string | null => {
      if (withheld || text === null || text === undefined) return null;
      return saidValue(historyName(key), text, language);
    };
    return {
      key,
      field: historyName(key),
      current: shown(current[key]),
      base: shown(base),
      suggested: shown(suggested[key]),
      changedSince: base !== null && base !== current[key],
      withheld,
    };
  });
}
