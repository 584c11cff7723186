const known = new Map<string, string>();
const knownMax = 2_000;

/** The IANA name in a cell, also as HubSpot writes it (`europe_slash_berlin`); empty when it is none. */
export function timeZoneName(text: string): string {
  if (text === '') return '';
  const found = known.get(text);
  if (found !== undefined) return found;
  const name = resolved(text.replaceAll('_slash_', '/'));
  if (known.size < knownMax) known.set(text, name);
  return name;
}

function resolved(name: string): string {
  // Node also takes offsets such as +02:00 here, which know nothing of summer time.
  if (!/^[A-Za-z]/.test(name)) return '';
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return '';
  }
}
