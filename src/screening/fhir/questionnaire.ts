/** The parts of a FHIR R4 Questionnaire that the hub reads and writes (http://hl7.org/fhir/R4/questionnaire.html). */
export interface Questionnaire extends Element {
  resourceType: 'Questionnaire';
  id?: string;
  language?: string;
  url?: string;
  version?: string;
  name?: string;
  title?: string;
  _title?: Element;
  status: 'draft' | 'active' | 'retired' | 'unknown';
  subjectType?: string[];
  description?: string;
  _description?: Element;
  copyright?: string;
  code?: Coding[];
  item?: QuestionnaireItem[];
}

export interface QuestionnaireItem extends Element {
  linkId: string;
  code?: Coding[];
  text?: string;
  _text?: Element;
  type: string;
  required?: boolean;
  repeats?: boolean;
  readOnly?: boolean;
  maxLength?: number;
  enableWhen?: EnableWhen[];
  enableBehavior?: 'all' | 'any';
  answerOption?: AnswerOptionElement[];
  answerValueSet?: string;
  item?: QuestionnaireItem[];
}

export interface EnableWhen {
  question: string;
  operator: string;
  answerBoolean?: boolean;
  answerInteger?: number;
  answerDecimal?: number;
  answerCoding?: Coding;
}

export interface AnswerOptionElement extends Element {
  valueCoding?: Coding;
  valueString?: string;
  valueInteger?: number;
}

export interface Coding extends Element {
  system?: string;
  code?: string;
  display?: string;
  _display?: Element;
}

export interface Element {
  extension?: Extension[];
}

export interface Extension extends Element {
  url: string;
  valueBoolean?: boolean;
  valueCode?: string;
  valueCoding?: Coding;
  valueDecimal?: number;
  valueInteger?: number;
  valueString?: string;
  valueMarkdown?: string;
  valueExpression?: { language: string; expression: string };
}

export const LOINC = 'http://loinc.org';
export const SNOMED = 'http://snomed.info/sct';
export const ICD10CM = 'http://hl7.org/fhir/sid/icd-10-cm';
export const SDOH_CATEGORY = 'http://hl7.org/fhir/us/sdoh-clinicalcare/CodeSystem/SDOHCC-CodeSystemTemporaryCodes';

const FHIR = 'http://hl7.org/fhir/StructureDefinition';
/** Extensions of the standard. */
export const STANDARD = {
  translation: `${FHIR}/translation`,
  ordinalValue: `${FHIR}/ordinalValue`,
  /** What ordinalValue is called since R5; some R4 files have it already. */
  itemWeight: `${FHIR}/itemWeight`,
  optionExclusive: `${FHIR}/questionnaire-optionExclusive`,
  hidden: `${FHIR}/questionnaire-hidden`,
  unit: `${FHIR}/questionnaire-unit`,
  minValue: `${FHIR}/minValue`,
  maxValue: `${FHIR}/maxValue`,
  calculated: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression',
} as const;

/** Where FHIR has no place, the hub's own. A form that leaves with them comes back whole. */
export const HUB = 'urn:community-referral-hub';
export const OWN = {
  language: `${HUB}:instrument-language`,
  minutes: `${HUB}:instrument-minutes`,
  notice: `${HUB}:instrument-notice`,
  need: `${HUB}:instrument-need`,
  section: `${HUB}:instrument-section`,
  panel: `${HUB}:instrument-panel`,
  optional: `${HUB}:instrument-optional`,
  showsNeed: `${HUB}:answer-shows-need`,
  means: `${HUB}:answer-means`,
  score: `${HUB}:instrument-score`,
} as const;

/** The extensions of an element with this address. */
export const extensionsOf = (element: Element | undefined, url: string): Extension[] =>
  (element?.extension ?? []).filter((one) => one.url === url);

/** The first of them. */
export const extensionOf = (element: Element | undefined, url: string): Extension | undefined =>
  extensionsOf(element, url)[0];
