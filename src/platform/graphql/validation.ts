import type { ValidationError } from 'class-validator';
import type { FieldProblem } from './errors.js';

/** class-validator's tree as a flat list: `contacts.0.phone: must be a phone number`. Values are left out. */
export function validationProblems(errors: readonly ValidationError[] | undefined, path = ''): FieldProblem[] {
  return (errors ?? []).flatMap((error) => {
    const field = path === '' ? error.property : `${path}.${error.property}`;
    const own = Object.values(error.constraints ?? {}).map((text) => ({
      field,
      message: text.startsWith(`${error.property} `) ? text.slice(error.property.length + 1) : text,
    }));
    return [...own, ...validationProblems(error.children, field)];
  });
}
