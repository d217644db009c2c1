import { definePolicy, type Caller } from '../../access/index.js';
import { Duplicate, ListingMerge } from './duplicate.entity.js';

const curators = (caller: Caller) => caller.permissions.has('directory.write');

definePolicy(Duplicate, { read: curators, decide: curators });
definePolicy(ListingMerge, { read: curators, undo: curators });
