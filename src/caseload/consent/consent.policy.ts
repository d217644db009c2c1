import { definePolicy } from '../../access/index.js';
import { ownedBy } from '../patient/patient.policy.js';
import { Consent } from './consent.entity.js';

definePolicy(Consent, { read: ownedBy('patient.read'), revoke: ownedBy('consent.write') });
