import { randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { sha256 } from '@overture/service-kit';

/** `ovt_<env>_<id>_<secret><checksum>`: found by secret scanners, and a typing error is told before any look-up. */
export interface ApiKey {
  readonly keyId: string;
  readonly secretSha256: string;
}

const shape = /^ovt_([a-z0-9]{1,16})_([0-9a-z]{16})_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const secretBytes = 32;

/** A new key; `text` is shown once and kept nowhere. */
export function newApiKey(environment: string): ApiKey & { readonly text: string } {
  const keyId = randomBytes(8).toString('hex');
  const secret = base62(randomBytes(secretBytes), 43);
  const body = `ovt_${environment}_${keyId}_${secret}`;
  return { keyId, secretSha256: sha256(secret), text: body + checksum(body) };
}

/** Undefined for anything that cannot be a key of ours. */
export function parseApiKey(text: string): ApiKey | undefined {
  const [, environment, keyId, secret, sum] = shape.exec(text) ?? [];
  if (keyId === undefined || secret === undefined) return undefined;
  if (checksum(`ovt_${environment}_${keyId}_${secret}`) !== sum) return undefined;
  return { keyId, secretSha256: sha256(secret) };
}

/** Whether two hashes are one, in constant time. */
export function sameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function checksum(body: string): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return base62(bytes, 6);
}

function base62(bytes: Buffer, length: number): string {
  let value = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  for (; value > 0n; value /= 62n) text = alphabet[Number(value % 62n)] + text;
  return text.padStart(length, '0');
}
