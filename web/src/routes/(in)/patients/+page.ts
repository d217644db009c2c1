import { load as ask } from '#lib/api/index';
import {
  CategoriesDocument,
  PatientsDocument,
  type PatientFilter,
  type PatientSort,
  type PatientStatus,
  type Risk,
} from '#lib/gql/graphql';
import { isOn } from '#lib/list/filters';

export const load = async ({ parent, url }) => {
  await parent();
  const params = url.searchParams;
  const filter: PatientFilter = {
    risk: params.get('risk') ? [params.get('risk') as Risk] : undefined,
    mine: isOn(params, 'mine'),
    needCategory: params.get('need') || undefined,
    screeningDue: isOn(params, 'due'),
    overdue: isOn(params, 'overdue'),
    status: (params.get('status') || 'ACTIVE') as PatientStatus,
  };
  const sort = (params.get('sort') || 'RISK') as PatientSort;
  const [{ patients }, { sdohCategories }] = await Promise.all([
    ask(PatientsDocument, { filter, sort }),
    ask(CategoriesDocument, {}),
  ]);
  return { patients, filter, sort, categories: sdohCategories, serviceId: params.get('service') };
};
