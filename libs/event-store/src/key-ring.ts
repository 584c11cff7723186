import { createCipheriv, createDecipheriv } from 'node:crypto';
import { freshBytes } from './random-bytes.js';

const nonceBytes = 12;
const tagBytes = 16;
const keyBytes = 32;

/** The length of a wrapped key, the same for each. */
export const wrappedKeyBytes = nonceBytes + keyBytes + tagBytes;

/** The wrapping keys of an installation. The first one wraps what is new; the others still unwrap. */
export class KeyRing {
  private constructor(private readonly keys: ReadonlyMap<string, Buffer>) {}

  /** Reads `id:base64,id:base64` with 32 bytes in each key. */
  static parse(text: string): KeyRing {
    const keys = new Map<string, Buffer>();
    for (const entry of text.split(',')) {
      const [, id, base64] = /^\s*([\w.-]+):([A-Za-z0-9+/]+=*)\s*$/.exec(entry) ?? [];
      const key = Buffer.from(base64 ?? '', 'base64');
      if (id === undefined || key.length !== keyBytes || keys.has(id)) {
        throw new Error(
          'SEAL_KEYS must be id:base64,… with distinct ids and 32 bytes in each key.',
        );
      }
      keys.set(id, key);
    }
    return new KeyRing(keys);
  }

  get currentId(): string {
    return this.keys.keys().next().value as string;
  }

  /** Wraps with the current key. */
  wrap(dataKey: Buffer, associated: string): Buffer {
    return encrypt(this.key(this.currentId), dataKey, associated);
  }

  unwrap(wrappedBy: string, wrappedKey: Buffer, associated: string): Buffer {
    return decrypt(this.key(wrappedBy), wrappedKey, associated);
  }

  private key(id: string): Buffer {
    const key = this.keys.get(id);
    if (key === undefined) {
      throw new Error(`SEAL_KEYS has no key "${id}", which person keys are still wrapped by.`);
    }
    return key;
  }
}

export function freshKey(): Buffer {
  return freshBytes(keyBytes);
}

/** AES-256-GCM; the box is nonce, ciphertext, tag. The associated text must be the same to open it. */
export function encrypt(key: Buffer, plain: Buffer, associated: string): Buffer {
  const nonce = freshBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(associated));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

export function decrypt(key: Buffer, box: Buffer, associated: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(Buffer.from(associated));
  decipher.setAuthTag(box.subarray(box.length - tagBytes));
  const body = box.subarray(nonceBytes, box.length - tagBytes);
  return Buffer.concat([decipher.update(body), decipher.final()]);
}
