import { defineEntity, p } from '@mikro-orm/postgresql';

/** HSDS metadata: one row for each changed field of a listing. */
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
  },
});
export class ListingChange extends ListingChangeSchema.class {}
ListingChangeSchema.setClass(ListingChange);
