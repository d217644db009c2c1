export { access } from './nightly.js';
export type { AuditEntry } from './audit.js';
export { callerOf, type Caller } from './caller.js';
export { Apart, Can, demand, permissionsAsked } from './can.js';
export { languageOf, openContext, settle, type HubContext } from './context.js';
export { byId, loader, manyBy, type Batch } from './loader.js';
export { permissionsOf, type Permission, type Role } from './permissions.js';
export { assertStillMine, definePolicy, load, where, type Answer } from './policy.js';
export { buildHubSchema, schemaText } from './schema.js';
