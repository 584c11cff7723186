declare const brand: unique symbol;

/** A moment in UTC with milliseconds, as RFC 3339 text (`2026-03-04T09:15:00.000Z`); sorts as it reads. */
export type Instant = string & { readonly [brand]: 'Instant' };

export const secondMs = 1_000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** Reads any RFC 3339 text; refuses what names no moment. */
export function instant(text: string): Instant {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new RangeError(`Expected an RFC 3339 instant, found "${text}".`);
  return fromMs(ms);
}

/** The instant so many milliseconds after 1970-01-01T00:00:00Z. */
export function fromMs(ms: number): Instant {
  return new Date(ms).toISOString() as Instant;
}

/** Milliseconds since 1970-01-01T00:00:00Z. */
export function toMs(at: Instant): number {
  return Date.parse(at);
}

export function plus(at: Instant, ms: number): Instant {
  return fromMs(toMs(at) + ms);
}

/** Milliseconds from `earlier` to `later`; negative when they stand the other way round. */
export function msBetween(earlier: Instant, later: Instant): number {
  return toMs(later) - toMs(earlier);
}

export function earliest(...instants: readonly [Instant, ...Instant[]]): Instant {
  return instants.reduce((a, b) => (b < a ? b : a));
}

export function latest(...instants: readonly [Instant, ...Instant[]]): Instant {
  return instants.reduce((a, b) => (b > a ? b : a));
}
