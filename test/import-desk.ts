import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gql } from 'graphql-request';
import { expect } from 'vitest';
import { newId } from '../src/platform/id.js';
import { addressOf, curator } from './actors.js';
import { testHub } from './hub.js';

interface Sent {
  id?: string;
  name: string;
  at?: number;
  total?: number;
  token?: string;
  headers?: Record<string, string>;
}

const fields = `id status dryRun canBeConfirmed importedAs message fileName format columns { table column target }
  counts { entity read created updated unchanged rejected } problemKinds { code count }`;
export const tryIt = gql`mutation ($input: TryImportInput!) { tryImport(input: $input) { importRun { ${fields} } userErrors { code field } } }`;
export const confirmIt = gql`mutation ($input: ConfirmImportInput!) { confirmImport(input: $input) { importRun { ${fields} } userErrors { code } } }`;
export const readIt = gql`query ($id: ID!) { importRun(id: $id) { ${fields} } }`;

/** A hub with a folder of its own, and a curator who sends files to it as the web page does. */
export async function importDesk() {
  const dataDir = await mkdtemp(join(tmpdir(), 'hub-imports-'));
  const hub = await testHub({ now: new Date(), env: { HUB_DATA_DIR: dataDir } });
  const actor = await curator(hub);

  async function send(
    body: Buffer | string,
    { id = newId(), name, at = 0, total, token = actor.token, headers }: Sent,
  ) {
    const bytes = Buffer.from(body);
    const query = new URLSearchParams({ name, at: String(at), total: String(total ?? bytes.length) });
    const response = await fetch(`${await addressOf(hub)}/imports/files/${id}?${query.toString()}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream', ...headers },
      body: new Uint8Array(bytes),
    });
    const answer = (await response.json()) as {
      received?: number;
      complete?: boolean;
      errors?: { extensions: { code: string } }[];
    };
    return { id, status: response.status, ...answer, code: answer.errors?.[0]?.extensions.code };
  }

  async function tried(
    uploadId: string,
    source: string,
    columns?: { table?: string | null; column: string; target: string | null }[],
  ) {
    const { tryImport } = await actor.gql(tryIt, { input: { uploadId, source, ...(columns && { columns }) } });
    expect(tryImport.userErrors).toEqual([]);
    await hub.runJobs();
    return (await actor.gql(readIt, { id: tryImport.importRun.id })).importRun;
  }

  async function confirmed(runId: string) {
    const { confirmImport } = await actor.gql(confirmIt, { input: { runId } });
    expect(confirmImport.userErrors).toEqual([]);
    await hub.runJobs();
    return (await actor.gql(readIt, { id: confirmImport.importRun.id })).importRun;
  }

  const services = (source: string) =>
    hub.sql<{ id: string; name: string; categories: string[] }>(
      `select v.id, v.name, v.categories from hub.service v join hub.import_source s on s.id = v.source_id where s.name = $1 order by v.name`,
      [source],
    );

  const stop = async (): Promise<void> => {
    await hub.stop();
    await rm(dataDir, { recursive: true });
  };
  return { hub, actor, dataDir, send, tried, confirmed, services, stop };
}
