import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTerminal, STATUSES } from '../machine.js';
import { FollowHow } from './follow.enums.js';
import { whyNotFollow } from './may-follow.js';

const few = fc.constantFrom('a', 'b');
const next = fc.record({ patientId: few, fromOrgId: few, serviceId: few });
const older = fc.tuple(next, fc.constantFrom(...STATUSES)).map(([one, status]) => ({ ...one, status }));
const how = fc.constantFrom(...(Object.keys(FollowHow) as FollowHow[]));

describe('what may follow what', () => {
  it('is about the same person of the same organization, and never a draft or a mistake', () => {
    fc.assert(
      fc.property(older, next, how, (one, other, way) => {
        if (whyNotFollow(one, other, way) !== null) return;
        expect([other.patientId, other.fromOrgId]).toEqual([one.patientId, one.fromOrgId]);
        expect(['DRAFT', 'ENTERED_IN_ERROR']).not.toContain(one.status);
      }),
    );
  });

  it('is the same service once it has ended, and another one at any time', () => {
    fc.assert(
      fc.property(older, few, how, (one, serviceId, way) => {
        const { patientId, fromOrgId, status } = one;
        const was = status !== 'DRAFT' && status !== 'ENTERED_IN_ERROR';
        const same = serviceId === one.serviceId;
        const may = was && (way === 'REOPENED' ? same && isTerminal(status) : !same);
        expect(whyNotFollow(one, { patientId, fromOrgId, serviceId }, way) === null).toBe(may);
      }),
    );
  });
});
