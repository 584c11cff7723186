import { createHash } from 'node:crypto';

/** LinkedIn may change white space and composed letters; two texts are the same when nothing else differs. */
export function textHash(text: string): string {
  const normal = text.normalize('NFC').replace(/\s+/g, ' ').trim();
  return createHash('sha256').update(normal).digest('hex');
}
