import { directory } from '../../src/directory/index.js';
import { identity } from '../../src/identity/index.js';
import { asTask } from '../../src/platform/database/operation.js';
import { postgresSearch } from '../../src/platform/search/postgres/engine.js';
import { testHub } from '../hub.js';
import { searchContract } from './contract.js';

searchContract(postgresSearch, async () => {
  const hub = await testHub({ features: [identity, directory] });
  return { write: (work) => asTask(hub.orm).write(work), close: hub.stop };
});
