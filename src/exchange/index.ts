import type { Feature } from '../platform/feature.js';
import { serveQuestionnaires } from './fhir/questionnaire.routes.js';
import { serveHsdsApi } from './hsds-api/hsds-api.routes.js';

/** The hub for other software. */
export const exchange: Feature = {
  name: 'exchange',
  routes: async (server, platform) => {
    await serveHsdsApi(server, platform);
    await serveQuestionnaires(server, platform);
  },
};
