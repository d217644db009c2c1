import type { FastifyInstance } from 'fastify';
import { GraphQLError } from 'graphql';
import { openContext, settle } from '../../access/index.js';
import { beforeList } from '../../identity/index.js';
import { incoming } from '../../platform/http/incoming.js';
import type { Platform } from '../../platform/platform.js';
import { inLanguage } from '../../platform/sentences.js';
import type { Language } from '../../platform/words.js';
import { cardOf } from './card.js';
import { listedServices } from './listed.js';
import { listLink } from './mail-list.js';
import { drawList } from './draw-list.js';
import { keysIn, shortKeyOf } from './short-key.js';

interface Asked {
  s?: unknown;
  language?: unknown;
  private?: unknown;
}

/**
 * `GET /my-list.pdf?s=KEYS&language=es`: a list on paper. What it shows is what everybody may see; private listings only
 * with `private=1`.
 */
export function serveLists(server: FastifyInstance, platform: Platform): void {
  const secure = platform.config.baseUrl?.startsWith('https:') ?? false;
  server.get<{ Querystring: Asked }>('/my-list.pdf', async (request, reply) => {
    const { s, language: tag, private: whole } = request.query;
    const language: Language = tag === 'es' ? 'es' : 'en';
    const anybody = openContext(platform, null, incoming(request, reply, secure).request);
    reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
    try {
      await beforeList(anybody);
      const services = await listedServices(anybody, { keys: typeof s === 'string' ? keysIn(s) : [] });
      const cards = await Promise.all(services.map((service) => cardOf(anybody, service, language)));
      const shown = cards.filter((card) => whole === '1' || !card.private);
      if (cards.length === 0) {
        return await reply
          .status(404)
          .type('text/plain; charset=utf-8')
          .send(inLanguage('There is no such list.', language));
      }
      const link = listLink(
        platform.config,
        services.map(({ id }) => shortKeyOf(id)),
      );
      const pdf = await drawList({ cards: shown, link, language, on: anybody.clock.now() });
      return await reply
        .type('application/pdf')
        .header('content-disposition', `attachment; filename="${language === 'es' ? 'lista' : 'list'}.pdf"`)
        .send(pdf);
    } catch (error) {
      if (!(error instanceof GraphQLError) || error.extensions['code'] !== 'RATE_LIMITED') throw error;
      return await reply.status(429).type('text/plain; charset=utf-8').send(inLanguage(error.message, language));
    } finally {
      await settle(anybody);
    }
  });
}
