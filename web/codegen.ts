import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CodegenConfig } from '@graphql-codegen/cli';

const schema = process.env['HUB_SCHEMA'] ?? resolve(import.meta.dirname, '../schema.graphql');
if (!existsSync(schema)) throw new Error(`No GraphQL schema at ${schema}. Run "npm run schema" first.`);

// A built client names its operations by hash (the server holds their text); while developing it sends the text too.
const mode = process.env['NODE_ENV'] === 'development' ? 'embedHashInDocument' : 'replaceDocumentWithHash';

const config: CodegenConfig = {
  schema,
  documents: [resolve(import.meta.dirname, 'src/**/*.graphql')],
  silent: true,
  generates: {
    [resolve(import.meta.dirname, 'src/lib/gql') + '/']: {
      preset: 'client',
      presetConfig: { fragmentMasking: false, persistedDocuments: { mode, hashAlgorithm: 'sha256' } },
      config: {
        documentMode: 'string',
        useTypeImports: true,
        enumsAsTypes: true,
        defaultScalarType: 'string',
        scalars: { ID: 'string', JSON: 'unknown', JSONObject: 'Record<string, unknown>' },
      },
    },
  },
};

export default config;
