import { Logger as QueueLogger } from 'graphile-worker';
import type { Logger } from '../log.js';

/** Says nothing. */
export const quietLogger = new QueueLogger(() => () => undefined);

/** The queue's own messages in the hub's log. Its `meta` holds payloads and errors, so only ids and names pass. */
export function queueLogger(log: Logger): QueueLogger {
  return new QueueLogger((scope) => (level, message) => {
    const fields = { task: scope.taskIdentifier, job: scope.jobId };
    if (level === 'error') log.error(fields, firstLine(message));
    else if (level === 'warning') log.warn(fields, firstLine(message));
    else log.debug(fields, firstLine(message));
  });
}

/** The first line, cut where the queue appends the text of an error: that may carry anything. */
function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').replace(/ with error .*/i, '');
}
