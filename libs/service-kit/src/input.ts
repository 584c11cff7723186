import { instant, InvalidInputError, type Instant } from '@overture/kernel';

/** An instant that somebody sent; `path` is where it stood in what they sent. */
export function instantOf(text: string, path: string): Instant {
  try {
    return instant(text);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new InvalidInputError([{ path, message: 'Expected an RFC 3339 instant.' }]);
  }
}
