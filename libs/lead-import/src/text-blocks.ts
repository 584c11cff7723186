import { DomainError } from '@overture/kernel';
import type { Decoder } from './decode.js';

export interface TextBlock {
  readonly text: string;
  /** Nothing comes after it. */
  readonly last: boolean;
}

// Large enough that a sender who drips single bytes cannot make us read the same row thousands of times.
const blockLength = 64 * 1024;

/** Bytes as they arrive to blocks of text, the last of them marked; refuses to read past `bytesMax`. */
export async function* textBlocks(
  bytes: AsyncIterable<Uint8Array>,
  decoder: Decoder,
  bytesMax: number,
): AsyncGenerator<TextBlock, void> {
  let parts: string[] = [];
  let length = 0;
  let total = 0;
  for await (const chunk of bytes) {
    total += chunk.byteLength;
    if (total > bytesMax) throw tooLarge(bytesMax);
    const text = decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    parts.push(text);
    length += text.length;
    if (length >= blockLength) {
      yield { text: parts.join(''), last: false };
      parts = [];
      length = 0;
    }
  }
  parts.push(decoder.end());
  yield { text: parts.join(''), last: true };
}

function tooLarge(bytesMax: number): DomainError {
  return new DomainError(
    'import/too-large',
    `The file is larger than ${bytesMax} bytes. Send it in parts.`,
    { bytesMax },
  );
}
