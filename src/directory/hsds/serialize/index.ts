export { columnsOf, type Column, type EntityName, entityNames } from '../model.js';
export type { Form } from './gather.js';
export type { Ask } from './rows.js';
export { partLists, partObjects } from './shape.js';
export { always } from './print.js';
export { type Root, serialize } from './serialize.js';
