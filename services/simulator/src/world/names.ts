import { createHash } from 'node:crypto';

/** Everything one person is called. */
export interface Names {
  readonly handle: string;
  readonly numericId: string;
  /** `ACo…`, the classic opaque id. */
  readonly memberId: string;
  /** `ACw…`, the same person in Sales Navigator. */
  readonly salesId: string;
  readonly firstName: string;
  readonly lastName: string;
}

const opaquePattern = /^(?:AC[orw]|ADo)[A-Za-z0-9_-]+$/;

/** Names of a person the world hears of for the first time under `key`: a handle or an opaque id. */
export function namesOf(seed: string, key: string): Names {
  const opaque = opaquePattern.test(key);
  const handle = opaque
    ? `member-${digest(seed, key, 'handle').toString('hex').slice(0, 10)}`
    : key;
  const [firstName, lastName] = spell(handle);
  return {
    handle,
    numericId: String(100_000_000n + (bigNumber(seed, key) % 9_000_000_000_000n)),
    memberId: /^A[CD]o/.test(key) ? key : `ACoAA${opaqueTail(seed, key, 'member')}`,
    salesId: /^AC[rw]/.test(key) ? key : `ACwAA${opaqueTail(seed, key, 'sales')}`,
    firstName,
    lastName,
  };
}

const stems =
  'Aster Bram Cedar Dorn Elm Fjord Gale Hazel Iris Juno Kestrel Larch Moss Nord Onyx Pine'.split(
    ' ',
  );
const trades = 'Analytics Foods Labs Logistics Media Robotics Software Works'.split(' ');

/** Whom a person works for; people of one world share a bounded number of companies. */
export function companyOf(seed: string, personKey: string, companies: number): string {
  const number = Number(bigNumber(seed, personKey, 'company') % BigInt(Math.max(1, companies)));
  const trade = Math.floor(number / stems.length);
  const name = `${stems[number % stems.length]} ${trades[trade % trades.length]}`;
  const round = Math.floor(trade / trades.length);
  return round === 0 ? name : `${name} ${round + 1}`;
}

/** A stable id for something that happened, in the given length of URL-safe characters. */
export function idOf(seed: string, length: number, ...parts: readonly (string | number)[]): string {
  return digest(seed, ...parts)
    .toString('base64url')
    .replace(/[-_]/g, 'x')
    .slice(0, length);
}

/** A stable uuid for something the simulator names itself. */
export function uuidOf(seed: string, ...parts: readonly (string | number)[]): string {
  const hex = digest(seed, ...parts).toString('hex');
  const variant = `8${hex.slice(17, 20)}`;
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    variant,
    hex.slice(20, 32),
  ].join('-');
}

/** A stable number with up to fifteen digits. */
export function numberOf(seed: string, ...parts: readonly (string | number)[]): string {
  return String(bigNumber(seed, ...parts) % 1_000_000_000_000_000n);
}

function spell(handle: string): [string, string] {
  const words = handle.split('-').filter((word) => word !== '' && !/\d/.test(word));
  const [first = 'Someone', ...rest] = words.map((word) => word[0]!.toUpperCase() + word.slice(1));
  return [first, rest.join(' ') || 'Unnamed'];
}

function opaqueTail(seed: string, ...parts: readonly string[]): string {
  return digest(seed, ...parts)
    .toString('base64url')
    .slice(0, 34);
}

function bigNumber(seed: string, ...parts: readonly (string | number)[]): bigint {
  return digest(seed, ...parts, 'number').readBigUInt64BE();
}

function digest(...parts: readonly (string | number)[]): Buffer {
  return createHash('sha256').update(parts.join('\n')).digest();
}
