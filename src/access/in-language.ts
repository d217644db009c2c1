import { createParameterDecorator } from 'type-graphql';
import type { Language } from '../platform/words.js';
import { languageOf, type HubContext } from './context.js';

interface Asked {
  locale?: string | null;
}

/** The language that a field's `locale` asks for, or that of the answer: a field that has words takes both in one place. */
export const InLanguage = (): ParameterDecorator =>
  createParameterDecorator<HubContext>(({ args, context }): Language => languageOf(context, (args as Asked).locale), {
    arg: {
      name: 'locale',
      typeFunc: () => String,
      options: { nullable: true, description: '`en` or `es`; what the browser prefers when left out.' },
    },
  }) as ParameterDecorator;
