const VIOLENCE =
  /\b(domestic|intimate[- ]partner|partner|dating|family|relationship|sexual) (violence|abuse|assault)\b|\bbattered\b|\babused (wom[ae]n|spouses?|partners?)\b|\b(human|sex) trafficking\b|\bviolencia (doméstica|de pareja|intrafamiliar|familiar)\b/i;
const REFUGE =
  /\b(shelters?|safe (house|home|haven)|refuge|(emergency|transitional|temporary|crisis) (housing|residence|residential)|refugio|albergue)\b/i;

/**
 * Whether a listing gives refuge to survivors of violence, as far as its words tell. Where such a place is must not be
 * shown; most directories do not mark it. It errs on the safe side: a curator can lift the mark, nobody can take back an
 * address that was shown.
 */
export function sheltersSurvivors(name: string | null, description: string | null): boolean {
  const about = name ?? '';
  if (VIOLENCE.test(about)) return true;
  const text = `${about} ${description ?? ''}`;
  // Near one another: a long text may speak of shelter in one program and of violence in quite another.
  for (const { index } of text.matchAll(new RegExp(VIOLENCE, 'gi'))) {
    if (REFUGE.test(text.slice(Math.max(0, index - 160), index + 200))) return true;
  }
  return false;
}
