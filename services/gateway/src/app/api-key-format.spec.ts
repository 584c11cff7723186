import { newApiKey, parseApiKey, sameHash } from './api-key-format.js';

describe('An API key', () => {
  it('is read back as it was made', () => {
    const { text, keyId, secretSha256 } = newApiKey('live');
    expect(text).toMatch(/^ovt_live_[0-9a-f]{16}_[0-9A-Za-z]{49}$/);
    expect(parseApiKey(text)).toEqual({ keyId, secretSha256 });
  });

  it('shows a typing error at any place by its checksum', () => {
    const { text } = newApiKey('live');
    for (let at = 0; at < text.length; at++) {
      const wrong = text[at] === 'x' ? 'y' : 'x';
      expect(parseApiKey(text.slice(0, at) + wrong + text.slice(at + 1))).toBeUndefined();
    }
  });

  it('never comes twice', () => {
    const keys = new Set(Array.from({ length: 100 }, () => newApiKey('live').text));
    expect(keys.size).toBe(100);
  });
});

describe('Two hashes', () => {
  it('are the same only when all of them is', () => {
    expect(sameHash('ab', 'ab')).toBe(true);
    expect(sameHash('ab', 'ac')).toBe(false);
    expect(sameHash('ab', 'abc')).toBe(false);
  });
});
