import { readSeed } from '../platform/seed.js';

/** What a demo service is made from. */
export interface ServiceForm {
  group: string;
  categories: string[];
  name: string;
  description: string;
  apply: string;
  hours: 'weekday-mornings' | 'weekday-afternoons' | 'office' | 'evenings' | 'saturday' | 'overnight' | 'always';
  free: boolean;
  cost?: number;
  rules: Record<string, unknown>[];
  area?: 'county';
  documents?: string[];
  decay?: string;
  unit?: string;
  sensitivity?: string;
  hideAddress?: boolean;
}

export interface DemoNames {
  given: string[];
  family: string[];
  streets: string[];
  organizations: { first: string[]; second: Record<string, string[]> };
  careOrganizations: string[];
  plans: string[];
  steward: string;
}

/** A pair of agencies, each of which offers the same kinds of help. */
export interface RarerHelp {
  agencies: string[];
  help: string;
  services: ServiceForm[];
}

export const demoNames = readSeed('demo/names.json') as DemoNames;
export const serviceForms = readSeed('demo/services.json') as ServiceForm[];
export const rarerHelp = readSeed('demo/rarer-services.json') as RarerHelp[];
