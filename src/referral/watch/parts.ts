import { WatchResolver } from './watch.resolver.js';
import { ReferralWatcher } from './watcher.entity.js';

/** What the feature needs of this folder. */
export const watch = { entities: [ReferralWatcher], resolvers: [WatchResolver] };
