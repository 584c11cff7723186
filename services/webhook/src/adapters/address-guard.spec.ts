import { isAllowed, refusedUrl } from './address-guard.js';

const strict = { allowPrivate: false };

describe('A partner endpoint', () => {
  it.each([
    'https://partner.example.com/hooks',
    'https://partner.example.com:8443/hooks?tenant=7',
    'https://93.184.216.34/hook',
    'https://[2606:2800:220:1:248:1893:25c8:1946]/hook',
  ])('may be %s', (url) => {
    expect(refusedUrl(url, strict)).toBeUndefined();
  });

  it.each([
    'http://partner.example.com/',
    'ftp://partner.example.com/',
    'https://user:password@partner.example.com/',
    'https://partner.example.com:22/',
    'https://partner.example.com:6379/',
    'https://partner.example.com/#fragment',
    'partner.example.com',
    'https://',
    'javascript:alert(1)',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://0/',
    'https://0.0.0.0/',
    'https://10.0.0.5/',
    'https://172.16.0.1/',
    'https://192.168.1.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://100.64.0.1/',
    'https://198.18.0.1/',
    'https://192.0.2.1/',
    'https://198.51.100.1/',
    'https://203.0.113.9/',
    'https://224.0.0.1/',
    'https://240.0.0.1/',
    'https://255.255.255.255/',
    'https://[::1]/',
    'https://[::]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[64:ff9b::a00:1]/',
    'https://[2002:7f00:1::]/',
    'https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/',
    'https://[fc00::1]/',
    'https://[fd12:3456::1]/',
    'https://[fe80::1]/',
    'https://[ff02::1]/',
    'https://[2001:db8::1]/',
    `https://partner.example.com/${'a'.repeat(1_100)}`,
  ])('may not be %s (SSRF)', (url) => {
    expect(refusedUrl(url, strict)).toEqual(expect.any(String));
  });

  it('may be on this machine in development', () => {
    expect(refusedUrl('http://127.0.0.1:4300/hook', { allowPrivate: true })).toBeUndefined();
    expect(isAllowed('127.0.0.1', { allowPrivate: true })).toBe(true);
  });
});
