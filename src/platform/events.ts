import type { EntityManager } from '@mikro-orm/postgresql';
import { outgoing } from './database/operation.js';
import type { Task } from './jobs/task.js';

/**
 * What happens in the hub, by name, with ids as payload. Each root declares its own:
 * `declare module '../platform/events.js' { interface Events { 'referral.accepted': { referralId: string } } }`.
 */
// oxlint-disable-next-line typescript/no-empty-interface, typescript/no-empty-object-type -- filled by declaration merging
export interface Events {}

export type EventName = keyof Events & string;

/** A task that follows an event. */
export interface Subscription {
  event: string;
  task: string;
}

/** Runs `task` after each `event`, with the event's payload. Listed by the feature that wants it. */
export function on<N extends EventName>(event: N, task: Task<Events[N]>): Subscription {
  return { event, task: task.name };
}

const tasksOf = new Map<string, Set<string>>();

/** Makes subscriptions known to {@link emit}; called once with those of all features. Saying one twice changes nothing. */
export function registerSubscriptions(subscriptions: readonly Subscription[]): void {
  for (const { event, task } of subscriptions) tasksOf.set(event, (tasksOf.get(event) ?? new Set()).add(task));
}

/** Says that something happened: one job per subscriber, in the transaction of `em` and with its fate. */
export async function emit<N extends EventName>(em: EntityManager, event: N, payload: Events[N]): Promise<void> {
  const tasks = tasksOf.get(event);
  if (!tasks) return;
  await outgoing(em, (out) => tasks.forEach((task) => out.job(task, payload)));
}
