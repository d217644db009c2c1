import type { Clock } from '../platform/clock.js';
import type { Session } from '../platform/database/operation.js';
import type { RequestInfo } from '../platform/http/request.js';
import { chooseLanguage, languageOfTag } from '../platform/language.js';
import type { Logger } from '../platform/log.js';
import type { ReadTransaction } from '../platform/database/read-transaction.js';
import type { Platform } from '../platform/platform.js';
import type { Language } from '../platform/words.js';
import { Audit } from './audit.js';
import type { Caller } from './caller.js';
import { Loaders } from './loader.js';
import { RequestDb, STATEMENT_TIMEOUT_MS } from './request-db.js';

/** What every resolver gets: who calls, the database as they see it, and what is needed to say what was done. */
export interface HubContext {
  caller: Caller | null;
  db: RequestDb;
  audit: Audit;
  clock: Clock;
  log: Logger;
  platform: Platform;
  request: RequestInfo;
  loaders: Loaders;
  /** What the answer is written in. */
  language: Language;
}

/** A role of the database, with what its policies read. */
export type Fence = Pick<Session, 'role' | 'variables'>;

interface OpenOptions {
  /** Whether its reads may come from a replica: not those that follow an event, which must see it. */
  mayReadCopies?: boolean;
  /** A transaction of reads that has begun already, as the same caller. */
  reading?: ReadTransaction;
  /** Another role of the database than that of ordinary callers. */
  fence?: Fence;
}

/** Who must see what: a session its own writing, an organization what it is told of. */
function readersOf(caller: Caller | null): string[] {
  return [caller?.credentialId, caller?.userId, caller?.organizationId].filter((id) => typeof id === 'string');
}

type Reader = Caller['reader'] | undefined;

/** The page of a patient works as a role that reaches one record; that of somebody around them as one that sees less. */
function roleOf(reader: Reader): Session['role'] {
  if (!reader) return 'hub_app';
  return reader.relatedPersonId === null ? 'hub_patient' : 'hub_caregiver';
}

function settingsOf(reader: Reader): Session['variables'] {
  if (!reader) return {};
  return {
    'hub.patient_id': reader.patientId,
    'hub.related_person_id': reader.relatedPersonId ?? '',
    'hub.categories': `{${(reader.categories ?? []).join(',')}}`,
  };
}

/** One operation: the row-level security of its transactions is that of the caller, or of nobody. */
export function openContext(
  platform: Platform,
  caller: Caller | null,
  request: RequestInfo,
  options: OpenOptions = {},
): HubContext {
  const session: Session = {
    role: options.fence?.role ?? roleOf(caller?.reader),
    variables: {
      ...settingsOf(caller?.reader),
      ...options.fence?.variables,
      'hub.org_id': caller?.organizationId ?? '',
      'hub.user_id': caller?.userId ?? '',
      'hub.now': platform.clock.now().toISOString(),
      statement_timeout: STATEMENT_TIMEOUT_MS,
    },
  };
  const { replicas } = platform;
  const copies = options.mayReadCopies && replicas ? { replicas, readers: readersOf(caller) } : undefined;
  const db = new RequestDb(platform.orm, session, { copies, reading: options.reading });
  return new Opened(platform, caller, request, db);
}

/** A class for its getter: V8 keeps those of an object by itself, with all that they reach, until what is old is collected. */
class Opened implements HubContext {
  readonly audit: Audit;
  readonly clock: Clock;
  readonly loaders = new Loaders();
  readonly language: Language;
  /** No #private name: Apollo Server hands a copy of the context on. */
  private said: Logger | undefined;

  constructor(
    readonly platform: Platform,
    readonly caller: Caller | null,
    readonly request: RequestInfo,
    readonly db: RequestDb,
  ) {
    this.audit = new Audit(caller, request.id);
    this.clock = platform.clock;
    this.language = chooseLanguage(request.acceptLanguage, caller?.locale);
  }

  /** Made when something is to be said: most operations have nothing. */
  get log(): Logger {
    return (this.said ??= this.platform.log.child({ requestId: this.request.id }));
  }
}

/** The language of this tag when one was asked for, such as `es-MX`, else that of the answer. */
export function languageOf({ language }: Pick<HubContext, 'language'>, tag?: string | null): Language {
  return tag ? languageOfTag(tag) : language;
}

/** Writes what the reads of an operation owe to the audit, and gives its connection back. Throws when it cannot. */
export async function settle({ audit, db }: HubContext): Promise<void> {
  await db.close(audit.waiting > 0 ? audit : undefined);
}
