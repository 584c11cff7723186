import { randomBytes } from 'node:crypto';
import { KeyRing } from '../src/index.js';

const base64 = randomBytes(32).toString('base64');

describe('SEAL_KEYS', () => {
  it('names the key for what is new first', () => {
    expect(KeyRing.parse(`2026-b:${base64}, 2025:${base64}`).currentId).toBe('2026-b');
  });

  it.each([
    ['nothing', ''],
    ['no id', base64],
    ['a short key', `a:${randomBytes(16).toString('base64')}`],
    ['the same id twice', `a:${base64},a:${base64}`],
  ])('refuses %s without repeating the key', (_, text) => {
    expect(() => KeyRing.parse(text)).toThrow(
      'SEAL_KEYS must be id:base64,… with distinct ids and 32 bytes in each key.',
    );
  });
});
