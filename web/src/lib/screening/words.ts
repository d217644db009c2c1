import { t } from '#lib/i18n/index';

/** Whose wording the questions are, honestly. */
export function translationWords(status: string | null | undefined): string {
  if (status === 'official') return t('screening.official');
  return status === 'reviewed' ? t('screening.reviewed') : t('screening.unofficial');
}
