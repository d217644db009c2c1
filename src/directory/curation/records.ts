import { defineEntity, p } from '@mikro-orm/postgresql';

/** A value before or after a change as it can be put back: `v` in the table's own form. */
export interface Kept {
  v: unknown;
}

/** HSDS metadata: one row for each changed field of a listing, and beside the words what is needed to undo it. */
const ListingChangeSchema = defineEntity({
  name: 'ListingChange',
  tableName: 'metadata',
  properties: {
    id: p.uuid().primary(),
    resourceId: p.uuid(),
    resourceType: p.text(),
    lastActionDate: p.date(),
    lastActionType: p.text(),
    fieldName: p.text(),
    previousValue: p.text(),
    replacementValue: p.text(),
    updatedBy: p.text(),
    at: p.datetime(),
    previousData: p.json().$type<Kept>().nullable(),
    replacementData: p.json().$type<Kept>().nullable(),
    via: p.text().$type<'CURATOR' | 'AGENCY' | 'LINK' | 'MERGE'>().nullable(),
    byUserId: p.uuid().nullable(),
    undoes: p.uuid().nullable(),
  },
});
export class ListingChange extends ListingChangeSchema.class {}
ListingChangeSchema.setClass(ListingChange);
