import { UserError } from '../platform/graphql/refusal.js';

/** What is wrong with an input, field by field, so that a form can show all of it at once. Nothing was written yet. */
export class Problems {
  readonly userErrors: UserError[] = [];

  add(field: string, code: string, message: string): void {
    this.userErrors.push(Object.assign(new UserError(), { code, message, field }));
  }

  get found(): boolean {
    return this.userErrors.length > 0;
  }
}
