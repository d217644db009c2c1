import { t } from '#lib/i18n/index';

/** Why signing in through the organization did not come to its end, by the code in the address. */
const WORDS: Record<string, () => string> = {
  PROVIDER_DOWN: () => t('signOn.PROVIDER_DOWN'),
  CANCELLED: () => t('signOn.CANCELLED'),
  SIGN_ON_FAILED: () => t('signOn.SIGN_ON_FAILED'),
  START_OVER: () => t('signOn.START_OVER'),
  EMAIL_NOT_VERIFIED: () => t('signOn.EMAIL_NOT_VERIFIED'),
  NO_ACCOUNT: () => t('signOn.NO_ACCOUNT'),
  NO_ORGANIZATION: () => t('signOn.NO_ORGANIZATION'),
  RATE_LIMITED: () => t('signOn.RATE_LIMITED'),
};

/** The words of a code; those of a plain failure for one that is not known. */
export function signOnProblem(code: string | null): string {
  return code === null ? '' : ((WORDS[code] ?? WORDS['SIGN_ON_FAILED'])?.() ?? '');
}
