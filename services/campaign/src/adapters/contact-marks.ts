import { domainToASCII } from 'node:url';

/** A domain below so many others is compared by its last labels only. */
const labelsMax = 6;
const label = /^[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?$/;
const topLabel = /^(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;
// Registries sell names below these: nobody who lists one of them means all its customers.
const registry = /^(?:ac|co|com|edu|gob|gov|ltd|mil|ne|net|nom|or|org|plc|sch)\.[a-z]{2}$/;

/** The host name in an address, a website, an e-mail address or plain text; empty when there is none. */
export function domainOf(text: string): string {
  const [address = ''] = text
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//iu, '')
    .split(/[/?#]/u);
  const host = address
    .slice(address.lastIndexOf('@') + 1)
    .replace(/:\d*$/u, '')
    .replace(/^\*?\./u, '');
  const ascii = domainToASCII(host.replace(/\.$/u, '').normalize('NFKC')).toLowerCase();
  const plain = ascii.replace(/^www\d?\.(?=.+\.)/u, '');
  return isDomain(plain) ? plain : '';
}

/** A name that whole countries of companies are below. */
export function isRegistry(domain: string): boolean {
  return registry.test(domain);
}

/** The domain and every one above it that somebody can own: whoever lists one of them lists what is below. */
export function domainsAbove(domain: string): string[] {
  const labels = domain.split('.').slice(-labelsMax);
  return labels
    .slice(0, -1)
    .map((_, index) => labels.slice(index).join('.'))
    .filter((each) => !isRegistry(each));
}

/** One spelling of an e-mail address, without its `+tag`; empty when it is none. */
export function emailOf(text: string): string {
  const plain = text
    .trim()
    .replace(/^mailto:/iu, '')
    .normalize('NFKC')
    .toLowerCase();
  const at = plain.lastIndexOf('@');
  const name = plain.slice(0, Math.max(at, 0)).replace(/\+.*$/u, '');
  const domain = domainOf(plain.slice(at + 1));
  const isName = name !== '' && name.length <= 64 && !/[\s@<>"\p{Cc}]/u.test(name);
  return isName && domain !== '' && !/[/?#:]/u.test(plain.slice(at)) ? `${name}@${domain}` : '';
}

function isDomain(text: string): boolean {
  const labels = text.split('.');
  const top = labels.at(-1) ?? '';
  const owned = labels.length >= 2 && text.length <= 253;
  return owned && topLabel.test(top) && labels.every((each) => label.test(each));
}
