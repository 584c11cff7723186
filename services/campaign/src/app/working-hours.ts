import { daysOffOf, regionOfZone } from '@overture/calendar';
import { DomainError, type Instant } from '@overture/kernel';
import { calendarVerdict, zoneFor, type CalendarFacts, type NotYet } from '@overture/policy';
import type { IntentFacts } from './tables.js';

/** The calendars that the claim asked, by what is known now; a refusal names the one in the way, and its end (F073, I4). */
export function refuseOutsideHours(facts: IntentFacts, now: Instant): void {
  const answer = calendarVerdict(facts.lead.timeZone, calendarsOf(facts, now), now);
  if (answer.go) return;
  const { because: rule, until } = answer;
  const inputs = answer.rules.at(-1)?.inputs ?? {};
  const values = { rule, ...inputs, ...(until && { until }) };
  throw new DomainError('window/closed', told(answer, inputs), values);
}

function calendarsOf(facts: IntentFacts, now: Instant): CalendarFacts {
  const { lead, schedule, identityZone, identityHours, holidayRegion } = facts;
  const region = regionOfZone(zoneFor(lead.timeZone, schedule, identityZone));
  return {
    schedule,
    identityZone,
    ...(identityHours && { identityHours }),
    holidays: {
      ...(region !== undefined && { lead: daysOffIn(region, now) }),
      ...(holidayRegion !== '' && { identity: daysOffIn(holidayRegion, now) }),
    },
  };
}

const daysOffIn = (region: string, now: Instant) => daysOffOf(region, Number(now.slice(0, 4)));

function told(
  { because, until }: NotYet,
  { zone, region }: Readonly<Record<string, unknown>>,
): string {
  const end = until === undefined ? '' : ` until ${until}`;
  if (because === 'holiday') return `It is a day off in ${String(region)}${end}.`;
  const whose = because === 'identity_window' ? "the identity's own working" : 'working';
  return `Outside ${whose} hours in ${String(zone)}${end}.`;
}
