import { instant, type Instant } from '@overture/kernel';

export type Json = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The parsed body, or `undefined` when it is no JSON. */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Text that is there: empty text counts as missing. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Ids come as numbers or as text, by page and by year: always compare them as text. */
export function id(value: unknown): string | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : text(value);
}

/** A whole number that is not negative; some counts come as text. */
export function count(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(number) && (number as number) >= 0 ? (number as number) : undefined;
}

export function moment(value: unknown): Instant | undefined {
  if (typeof value === 'number')
    return isMs(value) ? instant(new Date(value).toISOString()) : undefined;
  const written = text(value);
  return written === undefined || Number.isNaN(Date.parse(written)) ? undefined : instant(written);
}

function isMs(value: number): boolean {
  return Number.isFinite(value) && Math.abs(value) < 8.64e15;
}

/** Drops the keys that hold nothing, as exact optional properties ask for. */
export function compact<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const kept = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as { [K in keyof T]: Exclude<T[K], undefined> };
}
