import { describe, expect, it } from 'vitest';
import { faultOfChoices } from './column-choices.js';
import { proposeColumns } from './column-names.js';
import { mappingOf } from './columns-mapping.js';

const targets = (headers: string, table?: string) =>
  proposeColumns(headers.split(','), table).map(({ target }) => target);

describe('tables that belong together', () => {
  it('have their columns read by what each table is called', () => {
    expect(targets('agency id,agency name,about,url', 'agencies')).toEqual([
      'row.id',
      'organization.name',
      'organization.description',
      'organization.website',
    ]);
    expect(targets('id,agency id,name,description,eligibility', 'programs')).toEqual([
      'row.id',
      'row.organization',
      'service.name',
      'service.description',
      'service.eligibility_description',
    ]);
    expect(targets('site id,program id,name,street,zip', 'sites')).toEqual([
      'row.id',
      'row.service',
      'location.name',
      'address.address_1',
      'address.postal_code',
    ]);
    expect(targets('program id,site id', 'program_sites')).toEqual(['row.service', 'row.location']);
    expect(targets('program id,day,opens,closes', 'hours')).toEqual([
      'row.service',
      'schedule.byday',
      'schedule.opens_at',
      'schedule.closes_at',
    ]);
    expect(targets('service id,number,name', 'phones')).toEqual(['row.service', 'phone.number', null]);
  });

  it('are read as one table was when there is but one', () => {
    expect(targets('service id,name,agency id')).toEqual(['row.id', 'service.name', null]);
    expect(targets('name,agency,website,phone,phone 2')).toEqual([
      'service.name',
      'organization.name',
      'service.url',
      'phone.number',
      'phone.number',
    ]);
  });

  it('need one with the names of services', () => {
    const named = (target: string) => [{ table: 'a', column: 'a', target }];
    expect(faultOfChoices(named('organization.name'))).toBe('NO_NAME');
    expect(faultOfChoices(named('service.name'))).toBeUndefined();
  });

  it('find the agency of a service by its place, where only places name one', () => {
    const { tables } = mappingOf(
      [
        ...proposeColumns(['id', 'name'], 'agencies'),
        ...proposeColumns(['id', 'agency id', 'name', 'street'], 'sites'),
        ...proposeColumns(['id', 'site id', 'name'], 'programs'),
      ],
      'County',
    );
    expect(tables['programs']).toMatchObject([
      {
        entity: 'service',
        columns: { organization_id: { lookup: 'sites', match: 'id', get: 'agency id', by: 'site id' } },
      },
      { entity: 'service_at_location', columns: { service_id: 'id', location_id: 'site id' } },
    ]);
  });

  it('find the number of an agency that a service names in words', () => {
    const { tables } = mappingOf(
      [...proposeColumns(['id', 'name'], 'agencies'), ...proposeColumns(['id', 'agency', 'program'], 'programs')],
      'County',
    );
    expect(tables['programs']?.[0]).toMatchObject({
      entity: 'service',
      key: ['id'],
      columns: { organization_id: { lookup: 'agencies', match: 'name', get: 'id', by: 'agency' } },
    });
  });
});
