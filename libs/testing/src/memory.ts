import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/**
 * The bytes this process holds on to, after everything it could let go is gone. Unlike the resident size, which
 * is the operating system's to shrink when it likes, it says the same on every machine.
 */
export async function heldBytes(): Promise<number> {
  collectGarbage();
  // Buffers are freed by finalizers, which get their turn after the collection.
  await new Promise(setImmediate);
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
