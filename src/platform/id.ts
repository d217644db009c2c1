import { v7, validate } from 'uuid';

/** A new id: UUIDv7, so that rows made one after another lie beside each other in an index. */
export function newId(): string {
  return v7();
}

/** Whether a text is an id. Ask before it reaches the database, which answers a bad one with an error. */
export function isId(text: unknown): text is string {
  return typeof text === 'string' && validate(text);
}
