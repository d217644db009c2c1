import { ApiError } from '#lib/api/index';
import { locale } from '#lib/i18n/i18n.svelte';

/** Larger ones are refused by the server; said before they are sent. */
export const MOST_BYTES = 10 * 1024 * 1024;

interface Answer {
  name?: string;
  errors?: { message: string; extensions?: { code?: string } }[];
}

export interface Upload {
  kind: string;
  file: File;
  /** The header of whoever has no account. */
  proof: Record<string, string>;
  onprogress: (part: number) => void;
}

/** Sends a file that a message will be sent with; gives its id and the name it is kept under. `abort` stops it. */
export function upload({ kind, file, proof, onprogress }: Upload): {
  done: Promise<{ id: string; name: string }>;
  abort: () => void;
} {
  const id = crypto.randomUUID();
  // fetch tells nothing of how much has left.
  const request = new XMLHttpRequest();
  const done = new Promise<{ id: string; name: string }>((resolve, reject) => {
    const broken = () => reject(new ApiError('OFFLINE', 'The server could not be reached.'));
    request.upload.addEventListener('progress', ({ loaded, total }) => onprogress(total > 0 ? loaded / total : 0));
    request.addEventListener('error', broken);
    request.addEventListener('abort', broken);
    request.addEventListener('load', () => {
      let answer: Answer = {};
      try {
        answer = JSON.parse(request.responseText) as Answer;
      } catch {
        return broken();
      }
      const [failure] = answer.errors ?? [];
      if (failure) {
        return reject(new ApiError('BAD_USER_INPUT', failure.message, failure.extensions?.code ?? 'REFUSED'));
      }
      resolve({ id, name: answer.name ?? file.name });
    });
    // What a name may not have is no reason to send somebody away.
    const name = file.name.replace(/[/\\\p{Cc}]/gu, ' ').slice(-200) || 'file';
    request.open('PUT', `/files/${id}?${new URLSearchParams({ kind, name }).toString()}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('accept-language', locale());
    for (const [name, value] of Object.entries(proof)) request.setRequestHeader(name, value);
    request.send(file);
  });
  return { done, abort: () => request.abort() };
}
