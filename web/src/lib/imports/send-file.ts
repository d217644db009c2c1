import { ApiError } from '#lib/api/index';
import { locale } from '#lib/i18n/i18n.svelte';

/** Bytes of one part: each arrives within the time that a request may take, also on a slow line. */
const partBytes = 4 * 1024 * 1024;
const tries = 3;

interface Answer {
  received?: number;
  errors?: { message: string; extensions?: { code?: string } }[];
}

const isZip = (file: File) => /\.zip$/i.test(file.name);

/** A zip beside other files: what is in it cannot be told apart from them. */
export const zipAmongOthers = (files: readonly File[]): boolean => files.length > 1 && files.some(isZip);

/** One file as it is, several tables as one zip. */
export async function bundle(files: readonly File[]): Promise<File> {
  const [first] = files;
  if (!first || files.length === 1) return first ?? new File([], '');
  const { downloadZip } = await import('client-zip');
  const name = `${first.name.replace(/\.[^.]*$/, '').slice(0, 200)} +${files.length - 1}.zip`;
  return new File([await downloadZip(files).blob()], name);
}

/** Sends a file in parts, trying a part again when the line breaks. Returns its id. */
export async function sendFile(file: File, onpart: (sent: number) => void): Promise<string> {
  const id = crypto.randomUUID();
  for (let at = 0; at === 0 || at < file.size;) {
    const query = new URLSearchParams({ name: file.name, at: String(at), total: String(file.size) });
    at = await sendPart(`/imports/files/${id}?${query.toString()}`, file.slice(at, at + partBytes));
    onpart(at);
  }
  return id;
}

async function sendPart(address: string, body: Blob): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    let answer: Answer;
    try {
      const response = await fetch(address, {
        method: 'PUT',
        headers: { 'content-type': 'application/octet-stream', 'accept-language': locale() },
        body,
      });
      answer = (await response.json()) as Answer;
    } catch {
      if (attempt >= tries) throw new ApiError('OFFLINE', 'The server could not be reached.');
      await new Promise((done) => setTimeout(done, 1000 * attempt));
      continue;
    }
    const [failure] = answer.errors ?? [];
    if (failure) throw new ApiError('BAD_USER_INPUT', failure.message, failure.extensions?.code);
    return answer.received ?? 0;
  }
}
