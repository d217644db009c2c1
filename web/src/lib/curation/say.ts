import { refreshAll } from '$app/navigation';
import type { UserError } from '#lib/api/index';
import { failureWords } from '#lib/form/form.svelte';
import { refusalWords, t, word } from '#lib/i18n/index';
import { toasts } from '#lib/ui/index';

/** Does one thing of a desk's list: says how it went, and shows the list as it stands then. True when it was done. */
export async function act(
  work: () => Promise<{ userErrors: UserError[] }>,
  done: string,
  undo?: () => void,
): Promise<boolean> {
  try {
    const [refusal] = (await work()).userErrors;
    if (refusal) toasts.show(refusalWords(refusal), { meaning: 'danger' });
    else toasts.show(done, undo && { undo });
    await refreshAll();
    return !refusal;
  } catch (cause) {
    toasts.show(failureWords(cause), { meaning: 'danger' });
    return false;
  }
}

/** A value of a listing's field in words: "inactive" → "Not running", "true" → "Yes". */
export function valueWords(field: string, value: string | null | undefined): string {
  if (!value) return t('listing.nothing');
  if (value === 'true' || value === 'false') return t(value === 'true' ? 'form.yes' : 'form.no');
  if (field === 'capacity_status') return word('CapacityStatus', value);
  if (field === 'sensitivity') return t(value === 'INTIMATE_PARTNER_VIOLENCE' ? 'desk.secret' : 'desk.open');
  if (field === 'status') return word('ServiceStatus', value.toUpperCase().replaceAll(' ', '_'));
  return value;
}
