import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { request, type UserError } from '#lib/api/index';
import { failureWords } from '#lib/form/form.svelte';
import {
  AnswerReferralsDocument,
  AssignReferralsDocument,
  type AnswerReferralsInput,
  type InboxQuery,
} from '#lib/gql/graphql';
import { refusalWords, t } from '#lib/i18n/index';
import { isOver } from '#lib/referral/words';
import type { News } from '#lib/session/alerts.svelte';
import { toasts } from '#lib/ui/index';

export type Row = InboxQuery['inbox']['edges'][number]['node'];
export type Said = Omit<AnswerReferralsInput, 'ids'>;
type Result = { id: string; refusal?: UserError | null };

/** What became of several referrals that got the same answer. */
export interface Outcome {
  words: string;
  refused: { id: string; label: string; words: string }[];
}

/** The server takes so many at once. */
const AT_ONCE = 50;
export const isOpen = (row: Row): boolean => !isOver(row.status);
export const labelOf = (row: Row): string => t('referral.for', { person: row.patientLabel, service: row.service.name });

/**
 * The inbox as somebody works on it. What was answered here leaves; what others did, and what came in, only says so: rows
 * never move while somebody points at them.
 */
export class Desk {
  readonly chosen = new SvelteSet<string>();
  readonly gone = new SvelteSet<string>();
  readonly changed = new SvelteSet<string>();
  /** To whom rows were given since they were read. */
  readonly given = new SvelteMap<string, string | null>();
  current = $state<string | null>(null);
  arrived = $state(0);
  missed = $state(false);
  behind = $state(false);
  busy = $state(false);
  outcome = $state.raw<Outcome | null>(null);
  readonly #rows: () => readonly Row[];
  readonly #mine = new Set<string>();
  #anchor: string | null = null;

  constructor(rows: () => readonly Row[]) {
    this.#rows = rows;
  }

  readonly rows: Row[] = $derived.by(() => this.#rows().filter((row) => !this.gone.has(row.id)));
  readonly open: Row[] = $derived(this.rows.filter(isOpen));
  /** What an answer is for: the chosen ones, else the one that was walked to. */
  readonly meant: Row[] = $derived.by(() =>
    this.chosen.size > 0
      ? this.rows.filter((row) => this.chosen.has(row.id))
      : this.open.filter((row) => row.id === this.current),
  );

  choose(id: string, range = false): void {
    const ids = this.open.map((row) => row.id);
    const [from, to] = [ids.indexOf(this.#anchor ?? ''), ids.indexOf(id)];
    if (to < 0) return;
    if (range && from >= 0) {
      for (const one of ids.slice(Math.min(from, to), Math.max(from, to) + 1)) this.chosen.add(one);
    } else if (!this.chosen.delete(id)) this.chosen.add(id);
    this.#anchor = id;
  }

  choosePage(on: boolean): void {
    this.chosen.clear();
    if (on) for (const row of this.open) this.chosen.add(row.id);
  }

  walk(by: 1 | -1): void {
    const at = this.rows.findIndex((row) => row.id === this.current);
    const next = this.rows[at < 0 ? 0 : Math.min(Math.max(at + by, 0), this.rows.length - 1)];
    if (next) this.stand(next.id);
  }

  stand(id: string | null): void {
    this.current = id;
    if (id === null) return;
    // After the page has been drawn with it.
    setTimeout(() => {
      const item = document.querySelector<HTMLElement>(`li[data-id="${id}"]`);
      item?.querySelector<HTMLElement>('a[href]')?.focus({ preventScroll: true });
      item?.scrollIntoView({ block: 'nearest' });
    });
  }

  /** Something happened elsewhere; null when that may have been missed. */
  hear(news: News | null): void {
    if (!news) return void (this.missed = true);
    this.behind = news.behind;
    this.arrived += news.arrived;
    for (const id of news.changed) {
      if (!this.#mine.has(id) && this.rows.some((row) => row.id === id)) this.changed.add(id);
    }
  }

  /** The list was read anew. */
  fresh(): void {
    this.gone.clear();
    this.changed.clear();
    this.given.clear();
    this.arrived = 0;
    this.missed = false;
    this.behind = false;
    const ids = new Set(this.rows.map((row) => row.id));
    for (const id of this.chosen) if (!ids.has(id)) this.chosen.delete(id);
  }

  clear(): void {
    this.chosen.clear();
    this.outcome = null;
    this.current = null;
    this.#anchor = null;
  }

  async answer(said: Said, rows = this.meant): Promise<void> {
    const done = await this.#each(rows, async (ids) => {
      const { answerReferrals } = await request(AnswerReferralsDocument, { input: { ...said, ids } });
      return answerReferrals.results ?? [];
    });
    const words = { ACCEPT: 'bulk.accepted', DECLINE: 'bulk.declined' } as const;
    const key = said.answer === 'ACCEPT' || said.answer === 'DECLINE' ? words[said.answer] : 'bulk.held';
    this.#tell(rows, done, (count) => t(key, { count }));
    this.#leave(done.filter(({ refusal }) => !refusal).map(({ id }) => id));
  }

  async give(userId: string | null, name: string | null, rows = this.meant): Promise<void> {
    const done = await this.#each(rows, async (ids) => {
      const { assignReferrals } = await request(AssignReferralsDocument, { input: { ids, userId } });
      return assignReferrals.results ?? [];
    });
    this.#tell(rows, done, (count) =>
      name === null ? t('bulk.givenNobody', { count }) : t('bulk.given', { count, name }),
    );
    for (const { id, refusal } of done) if (!refusal) this.given.set(id, name);
  }

  /** In parts that the server takes. What could not be sent stays chosen. */
  async #each(rows: readonly Row[], send: (ids: string[]) => Promise<readonly Result[]>): Promise<Result[]> {
    if (this.busy) return [];
    this.busy = true;
    this.outcome = null;
    const done: Result[] = [];
    try {
      for (let at = 0; at < rows.length; at += AT_ONCE) {
        const ids = rows.slice(at, at + AT_ONCE).map((row) => row.id);
        for (const id of ids) this.#mine.add(id);
        done.push(...(await send(ids)));
      }
    } catch (cause) {
      toasts.show(failureWords(cause), { meaning: 'danger' });
    } finally {
      this.busy = false;
      for (const { id } of done) this.chosen.delete(id);
      setTimeout(() => this.#mine.clear(), 5000);
    }
    return done;
  }

  #tell(rows: readonly Row[], done: readonly Result[], words: (count: number) => string): void {
    if (done.length === 0) return;
    const refused = done.flatMap(({ id, refusal }) => {
      const row = rows.find((one) => one.id === id);
      if (!row || !refusal) return [];
      this.changed.add(id);
      return [{ id, label: labelOf(row), words: refusalWords(refusal) }];
    });
    this.outcome = { words: words(done.length - refused.length), refused };
  }

  #leave(ids: readonly string[]): void {
    const at = this.rows.findIndex((row) => row.id === this.current);
    const stood = this.current !== null && ids.includes(this.current);
    for (const id of ids) this.gone.add(id);
    if (stood) this.stand((this.rows[at] ?? this.rows.at(-1))?.id ?? null);
  }
}
