import { ApiError } from '#lib/api/index';
import { locale } from '#lib/i18n/index';

interface Answer {
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** Sends a signature or a scan. Returns the id that the consent is recorded with. */
export async function keepEvidence(content: Blob, name: string): Promise<string> {
  const id = crypto.randomUUID();
  const query = new URLSearchParams({ kind: 'consent-evidence', name: name.slice(0, 200) });
  let answer: Answer;
  try {
    const response = await fetch(`/files/${id}?${query.toString()}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream', 'accept-language': locale() },
      body: content,
    });
    answer = (await response.json()) as Answer;
  } catch {
    throw new ApiError('OFFLINE', 'The server could not be reached.');
  }
  const [failure] = answer.errors ?? [];
  if (failure) throw new ApiError('BAD_USER_INPUT', failure.message, failure.extensions?.code);
  return id;
}
