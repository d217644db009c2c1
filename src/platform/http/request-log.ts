import { LogController, type FastifyBaseLogger, type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { pathOf, type Logger } from '../log.js';

const part = (log: Logger): FastifyBaseLogger => log.child({ part: 'http' }) as FastifyBaseLogger;

/**
 * How Fastify logs. It would write two lines for each request and make it a logger of its own; {@link logAnswers} writes
 * one, and what is said about a request besides names its id.
 */
export function requestLog(log: Logger) {
  return {
    logController: new LogController({ disableRequestLogging: true }),
    loggerInstance: part(log),
    childLoggerFactory: (logger, _, options) => (options.level === undefined ? logger : logger.child({}, options)),
  } satisfies FastifyServerOptions;
}

/** One line for each answer of a route that logs. Nothing in it can hold a secret, so that it is not searched for one. */
export function logAnswers(app: FastifyInstance, log: Logger): void {
  const lines = log.child({ part: 'http' }, { redact: [] });
  app.addHook('onResponse', (request, reply, done) => {
    if (!request.routeOptions.logLevel) {
      const { id: reqId, method, url } = request;
      const ms = Math.round(reply.elapsedTime * 10) / 10;
      lines.info({ reqId, method, url: pathOf(url), status: reply.statusCode, ms }, 'answered');
    }
    done();
  });
}
