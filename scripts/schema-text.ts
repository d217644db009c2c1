import 'reflect-metadata';
import { schemaText } from '../src/access/index.js';
import { features } from '../src/features.js';
import { schemaOf } from '../src/serve.js';

/** The API of all features, as schema.graphql says it. */
export const text = schemaText(schemaOf(features));
