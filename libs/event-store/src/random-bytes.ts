import { randomFillSync } from 'node:crypto';

const poolBytes = 16_384;
const pool = Buffer.alloc(poolBytes);
let used = poolBytes;

/** Fresh random bytes. The system is asked for many at once: asking for each nonce was a third of all sealing. */
export function freshBytes(count: number): Buffer {
  if (used + count > poolBytes) {
    randomFillSync(pool);
    used = 0;
  }
  const bytes = Buffer.from(pool.subarray(used, used + count));
  // Nobody is given the same bytes again, and no key stays behind here.
  pool.fill(0, used, used + count);
  used += count;
  return bytes;
}
