export { Audit, type AuditActor, type AuditEntry } from './audit.js';
export { callerOf, type Caller, type CallerMembership, type CallerVia } from './caller.js';
export { Apart, Can, demand, permissionsAsked } from './can.js';
export { openContext, settle, type HubContext } from './context.js';
export { byId, loader, manyBy, Loaders, type Batch } from './loader.js';
export { permissionsOf, ROLES, ROLES_BY_KIND, type Permission, type Role } from './permissions.js';
export { assertStillMine, definePolicy, load, where, type Answer, type Policy, type Rule } from './policy.js';
export { buildHubSchema, schemaText } from './schema.js';
