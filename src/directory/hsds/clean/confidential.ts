/** What survivors have survived. */
const VIOLENCE =
  /\b(?:domestic|intimate[- ]partner|partner|dating|family|relationship|sexual|spous(?:e|al)) (?:violence|abuse|assault|exploitation)\b|\bbattered\b|\babused (?:wom[ae]n|spouses?|partners?|famil(?:y|ies))\b|\babusive (?:relationships?|partners?|homes?|husbands?)\b|\b(?:human|sex)[- ]traffick(?:ing|ed)\b|\b(?:flee(?:ing)?|escap(?:e|ing)) (?:from )?(?:abuse|violence|an abus)|\bviolencia (?:doméstica|de pareja|intrafamiliar|familiar|machista|de género)\b|\bmujeres maltratadas\b|\btrata de personas\b/i;
/** Where somebody may stay. */
const REFUGE =
  /\bshelter(?:s|ed)?\b|\bsafe[- ]?(?:houses?|homes?|havens?|housing|nights?|beds?|apartments?|accommodations?)\b|\brefuge\b|\b(?:emergency|transitional|temporary|crisis|supportive|confidential|scattered[- ]site|transitional[- ]to[- ]permanent)\)? (?:\w+ )?(?:housing|homes?|residences?|residential|apartments?|accommodations?|lodging)\b|\b(?:refugios?|albergues?|casas? de acogida|vivienda (?:segura|de transición))\b/i;
/** A place that says of itself that it is not told. */
const UNTOLD =
  /\b(?:undisclosed|confidential|secret) (?:\w+ )?(?:location|address|site|place)s?\b|\b(?:ubicaci[oó]n|direcci[oó]n) (?:confidencial|secreta)\b/i;
/** Public doors, which stand in every telephone book: courts, police, prosecutors, lawyers. */
const OFFICE =
  /\b(?:child|adult) protective services\b|\b(?:superior|circuit|district|county|municipal|criminal|civil|supreme|family|juvenile) court\b|\bcourt ?houses?\b|\bcourt of\b|\b(?:police|sheriff)\b|\bpolicía\b|\b(?:state|district|city|county|prosecuting|commonwealth)(?:['’]?s)? attorney|\battorney general\b|\bprosecutors?\b|\bpublic defender|\blegal (?:aid|help|services?|clinics?|assistance|cent(?:er|re)|resource|advocacy|representation|network)\b|\blaw (?:cent(?:er|re)|clinic|school|firm|office|project)s?\b|\bbar (?:association|foundation)\b|\b(?:tribunal|corte) (?:superior|de)\b|\b(?:ayuda|asistencia|servicios) legal(?:es)?\b/i;
/** What only lawyers and courts do. */
const LEGAL_WORK =
  /\bdirect representation\b|\blegal (?:representation|advice|assistance|services|help)\b|\battorneys?\b|\b(?:protection|protective) orders?\b.{0,160}\bcourt\b|\brepresent(?:s|ing)? (?:victims|survivors|clients)\b|\brepresentación legal\b/i;
/** Beds of its own: somebody gives them. */
const OWN_BEDS = new RegExp(
  `\\b(?:we|our|runs?|operates?|provides?|offers?|manages?|maintains?|gives?|has|ofrece|ofrecemos|tenemos)\\b[^.]{0,80}?(?:${REFUGE.source})`,
  'i',
);
/** "Gives referrals to shelters": they are somewhere else. What was given before these words still counts. */
const SENT_ON = /\breferrals? to (?:other |local |area |community )*[^.]*/gi;

/** Whether a text speaks of beds and of violence near one another: a long one may do so in quite different programs. */
function speaksOfBoth(text: string, beds: RegExp): boolean {
  const here = text.replace(SENT_ON, (sent) => sent.replace(/\S/g, '·'));
  for (const { index } of text.matchAll(new RegExp(VIOLENCE, 'gi'))) {
    if (beds.test(here.slice(Math.max(0, index - 320), index + 240))) return true;
  }
  return false;
}

/**
 * Whether a listing gives refuge to survivors of violence, as far as its words tell. Where such a place is must not be
 * shown; most directories do not mark it. It errs on the safe side: a curator can lift the mark, nobody can take back an
 * address that was shown. Courts, police and lawyers are no refuge, whatever violence their name speaks of, unless they
 * say that they have beds: somebody who needs an order of protection has to find the door.
 */
export function sheltersSurvivors(name: string | null, description: string | null): boolean {
  const about = name ?? '';
  const told = description ?? '';
  const text = `${about}. ${told}`;
  if (UNTOLD.test(text)) return true;
  const house = REFUGE.test(about);
  if (OFFICE.test(about) && !house) return speaksOfBoth(text, OWN_BEDS);
  if (speaksOfBoth(text, REFUGE)) return true;
  // A house by its name, for survivors by what it says anywhere.
  if (house && VIOLENCE.test(told)) return true;
  if (!VIOLENCE.test(about)) return false;
  return REFUGE.test(told) || !LEGAL_WORK.test(told.slice(0, 240));
}

/**
 * The class of information that somebody's use of a listing reveals, as far as its words tell; null for none. A court or a
 * lawyer whose very name speaks of violence says as much of whoever goes there, and has a door that everybody may find.
 */
export function revealedBy(
  name: string | null,
  description: string | null,
): 'INTIMATE_PARTNER_VIOLENCE' | 'IMMIGRATION_LEGAL' | null {
  if (sheltersSurvivors(name, description)) return 'INTIMATE_PARTNER_VIOLENCE';
  return VIOLENCE.test(name ?? '') ? 'IMMIGRATION_LEGAL' : null;
}
