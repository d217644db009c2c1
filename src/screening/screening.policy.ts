import { definePolicy } from '../access/index.js';
import { ownedBy } from '../caseload/index.js';
import { Goal } from './goal/goal.entity.js';
import { Need } from './need/need.entity.js';
import { ScreeningPass } from './pass/screening-pass.entity.js';
import { Screening } from './screening.entity.js';

definePolicy(Screening, { read: ownedBy('screening.read'), answer: ownedBy('screening.write') });
definePolicy(Need, { read: ownedBy('screening.read'), update: ownedBy('need.write') });
definePolicy(ScreeningPass, { read: ownedBy('screening.read'), revoke: ownedBy('screening.write') });
definePolicy(Goal, { read: ownedBy('screening.read'), update: ownedBy('need.write') });
