import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { AwsClient } from 'aws4fetch';
import type { Files } from './files.js';

export interface S3Settings {
  /** Address of the bucket, such as `https://s3.us-east-1.amazonaws.com/my-bucket` or `http://127.0.0.1:9000/hub`. */
  url: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

const TIMEOUT_MS = 20_000;

/** Files in a bucket that speaks S3. Its own words are kept out of errors: they repeat keys and addresses. */
export function s3Files({ url, region, accessKeyId, secretAccessKey }: S3Settings): Files {
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 2 });
  const send = async (key: string, init: RequestInit): Promise<Response> => {
    const target = `${url.replace(/\/+$/, '')}/${encodeURIComponent(key)}`;
    const response = await client.fetch(target, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(() => {
      throw new Error('The file store did not answer.');
    });
    if (response.ok || response.status === 404) return response;
    await response.body?.cancel();
    throw new Error(`The file store answered with ${response.status}.`);
  };
  return {
    async put(key, bytes, type) {
      const response = await send(key, {
        method: 'PUT',
        body: new Uint8Array(bytes),
        headers: { 'content-type': type },
      });
      if (!response.ok) throw new Error('The file store has no such bucket.');
    },
    async open(key) {
      const { ok, body } = await send(key, { method: 'GET' });
      if (ok && body) return Readable.fromWeb(body as ReadableStream);
      await body?.cancel();
      return null;
    },
    async remove(key) {
      await (await send(key, { method: 'DELETE' })).body?.cancel();
    },
  };
}
