import { load as ask } from '#lib/api/index';
import {
  CategoriesDocument,
  PatientsDocument,
  type PatientFilter,
  type PatientSort,
  type PatientStatus,
  type Risk,
} from '#lib/gql/graphql';
import { isOn, oneOf } from '#lib/list/filters';

export const load = async ({ parent, url }) => {
  await parent();
  const params = url.searchParams;
  const risk = oneOf<Risk | ''>(params, 'risk', ['', 'HIGH', 'RISING', 'LOW']);
  const filter: PatientFilter = {
    risk: risk ? [risk] : undefined,
    mine: isOn(params, 'mine'),
    needCategory: params.get('need') || undefined,
    screeningDue: isOn(params, 'due'),
    overdue: isOn(params, 'overdue'),
    status: oneOf<PatientStatus>(params, 'status', ['ACTIVE', 'INACTIVE', 'DECEASED']),
  };
  const sort = oneOf<PatientSort>(params, 'sort', ['RISK', 'NAME', 'RECENT']);
  const [{ patients }, { sdohCategories }] = await Promise.all([
    ask(PatientsDocument, { filter, sort }),
    ask(CategoriesDocument, {}),
  ]);
  return { patients, filter, sort, categories: sdohCategories, serviceId: params.get('service') };
};
