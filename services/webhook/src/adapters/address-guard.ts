import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

export interface GuardOptions {
  /** Development only: http, any port, loopback and private addresses. */
  readonly allowPrivate: boolean;
}

const ports = new Set(['', '443', '8443']);
const urlLengthMax = 1_024;

/** Why a URL can be no partner's endpoint; undefined when it can. The address itself is checked at connect time. */
export function refusedUrl(text: string, guard: GuardOptions): string | undefined {
  if (text.length > urlLengthMax) return `Expected a URL of at most ${urlLengthMax} characters.`;
  if (!URL.canParse(text)) return 'Expected an absolute https URL.';
  const url = new URL(text);
  return rules.find(({ holds }) => !holds(url, guard))?.expected;
}

const rules: readonly { expected: string; holds: (url: URL, guard: GuardOptions) => boolean }[] = [
  {
    expected: 'Expected a URL without user name and password.',
    holds: (url) => url.username === '' && url.password === '',
  },
  { expected: 'Expected a URL without a fragment.', holds: (url) => url.hash === '' },
  {
    expected: 'Expected https.',
    holds: ({ protocol }, { allowPrivate }) =>
      protocol === 'https:' || (allowPrivate && protocol === 'http:'),
  },
  {
    expected: 'Expected port 443 or 8443.',
    holds: ({ port }, { allowPrivate }) => allowPrivate || ports.has(port),
  },
  {
    expected: 'Expected a public address.',
    holds: ({ hostname }, guard) => {
      const host = hostname.replace(/^\[|\]$/g, '');
      return isIP(host) === 0 || isAllowed(host, guard);
    },
  },
];

/** True only for public unicast addresses: everything special is inside somebody's network. */
export function isAllowed(address: string, { allowPrivate }: GuardOptions): boolean {
  return allowPrivate || ipaddr.process(address).range() === 'unicast';
}

/** The error of a name that leads where no partner can be. */
export class ForbiddenAddressError extends Error {
  readonly code = 'ERR_FORBIDDEN_ADDRESS';

  constructor() {
    super('The host name leads to an address that is not public.');
  }
}

type LookupCallback = (
  error: Error | null,
  addresses: { address: string; family: number }[],
) => void;

/** A resolver for sockets: what it answers has been checked, so a name cannot change between check and connect. */
export function guardedLookup(options: GuardOptions) {
  return (hostname: string, _options: unknown, callback: LookupCallback): void => {
    lookup(hostname, { all: true, verbatim: true }).then(
      (found) => {
        const forbidden = found.some(({ address }) => !isAllowed(address, options));
        if (forbidden) callback(new ForbiddenAddressError(), []);
        else callback(null, found);
      },
      (error: Error) => callback(error, []),
    );
  };
}
