import { fileTypeFromBuffer } from 'file-type';

/** What may be attached: papers and pictures of papers. Nothing that a browser or an office program would run. */
export const FILE_TYPES: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/heic': 'heic',
  'text/plain': 'txt',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.oasis.opendocument.text': 'odt',
};

/** Pictures and papers that a browser shows by itself. */
export const SHOWN_TYPES: ReadonlySet<string> = new Set(['application/pdf', 'image/png', 'image/jpeg', 'image/webp']);

function isText(bytes: Buffer): boolean {
  if (bytes.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // A page or a script is text too, and is shown by what opens it.
    return !/^\s*<(!doctype|html|script|svg|\?xml)/i.test(bytes.subarray(0, 1024).toString('utf8'));
  } catch {
    return false;
  }
}

/** The type of a file by its bytes, whatever its name says; null when it is none that may be attached. */
export async function kindOfBytes(bytes: Buffer): Promise<string | null> {
  const found = await fileTypeFromBuffer(bytes);
  if (found) return found.mime in FILE_TYPES ? found.mime : null;
  return isText(bytes) ? 'text/plain' : null;
}
