import { sha256 } from '@overture/service-kit';

/** LinkedIn may change white space and composed letters; two texts are the same when nothing else differs. */
export function textHash(text: string): string {
  return sha256(text.normalize('NFC').replace(/\s+/g, ' ').trim());
}
