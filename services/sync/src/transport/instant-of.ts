import { instant, InvalidInputError, type Instant } from '@overture/kernel';

export function instantOf(text: string): Instant {
  try {
    return instant(text);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new InvalidInputError([{ path: '/at', message: 'Expected an RFC 3339 instant.' }]);
  }
}
