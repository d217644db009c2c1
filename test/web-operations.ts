import { readdir, readFile } from 'node:fs/promises';
import {
  concatAST,
  Kind,
  parse,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
} from 'graphql';

const ROOT = new URL('../web/src/', import.meta.url);

export interface WebOperations {
  operations: OperationDefinitionNode[];
  /** An operation with the fragments that it uses, and those that they use. */
  whole(operation: OperationDefinitionNode): DocumentNode;
}

/** Everything the web client asks of the API. */
export async function webOperations(): Promise<WebOperations> {
  const files = (await readdir(ROOT, { recursive: true })).filter((file) => file.endsWith('.graphql'));
  const all = concatAST(
    await Promise.all(files.map(async (file) => parse(await readFile(new URL(file, ROOT), 'utf8')))),
  );
  const fragments = all.definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION);
  return {
    operations: all.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION),
    whole(operation) {
      const used = new Set<FragmentDefinitionNode>();
      const collect = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
        visit(node, {
          FragmentSpread: ({ name }) => {
            const fragment = fragments.find((one) => one.name.value === name.value);
            if (!fragment || used.has(fragment)) return;
            used.add(fragment);
            collect(fragment);
          },
        });
      };
      collect(operation);
      return { kind: Kind.DOCUMENT, definitions: [operation, ...fragments.filter((one) => used.has(one))] };
    },
  };
}
