import Holidays from 'date-holidays';

/** What the platform's CLDR data says of a region; the names of its getters changed with the years. */
interface RegionData {
  readonly timeZones?: readonly string[];
  readonly weekInfo?: WeekInfo;
  getTimeZones?(): readonly string[] | undefined;
  getWeekInfo?(): WeekInfo;
}

interface WeekInfo {
  readonly weekend: readonly number[];
}

/** Every country whose public holidays are known. */
const countries: ReadonlySet<string> = new Set(Object.keys(new Holidays().getCountries()));
const isoCountry = /^[A-Z]{2}$/;

/** `PT`, `DE-BY`: a country whose calendar is known, or a part of it that has days of its own. */
export function isRegion(region: string): boolean {
  const [country = '', ...parts] = region.split('-');
  if (!isoCountry.test(country) || !countries.has(country)) return false;
  const [state, part, ...rest] = parts;
  if (state === undefined) return true;
  const calendar = new Holidays();
  if (rest.length > 0 || !has(calendar.getStates(country), state)) return false;
  return part === undefined || has(calendar.getRegions(country, state), part);
}

function has(names: object | undefined, name: string): boolean {
  return names !== undefined && Object.keys(names).some((known) => known.toUpperCase() === name);
}

let zones: ReadonlyMap<string, string> | undefined;
// As many names as a platform knows, and a few that it does not.
const regionsMax = 2_000;
const regions = new Map<string, string | undefined>();

/** The country in which people live by this IANA zone; undefined for UTC and its like, and where no calendar is known. */
export function regionOfZone(zone: string): string | undefined {
  if (regions.has(zone)) return regions.get(zone);
  if (regions.size >= regionsMax) regions.clear();
  const region = findRegion(zone);
  regions.set(zone, region);
  return region;
}

function findRegion(zone: string): string | undefined {
  const name = platformName(zone);
  if (name === undefined) return undefined;
  zones ??= zonesByCountry();
  return zones.get(name);
}

function zonesByCountry(): ReadonlyMap<string, string> {
  return new Map(
    [...countries].flatMap((country) => zonesOf(country).map((zone) => [zone, country] as const)),
  );
}

function zonesOf(country: string): readonly string[] {
  const data = dataOf(country);
  return (data.getTimeZones?.() ?? data.timeZones ?? []).flatMap(
    (zone) => platformName(zone) ?? [],
  );
}

// Zones have had several names; the platform knows them all and prefers one (Kyiv, Kiev).
function platformName(zone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

const saturday = 6;

/**
 * The days from Monday to Friday (ISO, 1 is Monday) on which a region rests: Friday in Riyadh. Saturday and Sunday are
 * not for the region to say, a campaign lists its weekdays.
 */
export function restDaysOf(region: string): readonly number[] {
  const [country = ''] = region.split('-');
  if (!isoCountry.test(country)) return [];
  const data = dataOf(country);
  const { weekend = [] } = data.getWeekInfo?.() ?? data.weekInfo ?? {};
  return weekend.filter((day) => day < saturday);
}

function dataOf(country: string): RegionData {
  return new Intl.Locale(`und-${country}`) as unknown as RegionData;
}
