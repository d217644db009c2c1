export const load = async ({ parent, url }) => {
  await parent();
  return { patientId: url.searchParams.get('patient') };
};
