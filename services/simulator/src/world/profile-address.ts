/**
 * The name under which Edges finds a person, or nothing when Edges refuses the address. Stricter than our own parser
 * and independent of it, so that a fault of ours shows here.
 */
export function nameInAddress(address: unknown): string | undefined {
  if (typeof address !== 'string' || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.protocol !== 'https:' || !/^(?:(?:www|[a-z]{2})\.)?linkedin\.com$/.test(url.hostname)) {
    return undefined;
  }
  return nameInPath(url.pathname.split('/').filter((part) => part !== ''));
}

function nameInPath(parts: readonly string[]): string | undefined {
  const [section, second, third] = parts;
  if (section === 'sales')
    return second === 'lead' || second === 'people' ? decode(third) : undefined;
  if (section === 'in') return decode(second);
  if (section !== 'pub') return undefined;
  const name = decode(second);
  const numbers = parts.slice(2, 5);
  return name !== undefined && numbers.length === 3
    ? `${name}-${numbers.reverse().join('')}`
    : name;
}

/** Opaque ids keep their case, handles have none. A Sales Navigator id may carry its search after a comma. */
function decode(part: string | undefined): string | undefined {
  try {
    const name = decodeURIComponent(part ?? '').split(',')[0] ?? '';
    if (name === '') return undefined;
    return /^(?:AC[orw]|ADo)[A-Za-z0-9_-]{8,}$/.test(name)
      ? name
      : name.normalize('NFC').toLowerCase();
  } catch {
    return undefined;
  }
}
