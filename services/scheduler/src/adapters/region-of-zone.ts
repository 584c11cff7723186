import { regionOfZone as workOut } from '@overture/calendar';

const known = new Map<string, string | undefined>();

/** The country of an IANA zone, remembered: every visit asks, and there are a few hundred zones. */
export function regionOfZone(zone: string): string | undefined {
  if (known.has(zone)) return known.get(zone);
  const region = workOut(zone);
  known.set(zone, region);
  return region;
}
