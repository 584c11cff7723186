import type { IdentityPolicy } from '@overture/domain-sync';
import { retryConflicts, type EventMeta } from '@overture/event-store';
import { InvalidInputError, type FieldProblem } from '@overture/kernel';
import { limitProfile, ramps, scheduleProblems } from '@overture/policy';
import { decideIdentity } from './decide-identity.js';
import { tiers } from './manage-identities.js';
import type { IdentityKey, IdentityRow } from './ports.js';
import type { SyncDeps } from './sync-deps.js';

// ISO 3166: a country, or a part of one.
const region = /^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/;

/** Replaces how much an identity may do, and when; to do more, the risk must be acknowledged (F025, F026, F029). */
export async function setIdentityPolicy(
  deps: SyncDeps,
  of: IdentityKey & { meta: EventMeta },
  { policy, acknowledgeRisk }: { policy: IdentityPolicy; acknowledgeRisk: boolean },
): Promise<IdentityRow> {
  const problems = problemsOf(policy);
  if (problems.length > 0) throw new InvalidInputError(problems);
  const data = { policy, acknowledgeRisk, at: deps.clock.now() };
  return retryConflicts(() =>
    deps.database.tenant(of.tenantId, async (tx) => {
      await deps.identities.find(tx, of);
      await decideIdentity(deps, tx, of, { type: 'SetIdentityPolicy', data });
      return deps.identities.find(tx, of);
    }),
  );
}

function problemsOf(policy: IdentityPolicy): FieldProblem[] {
  const { profile, tier, hours, holidayRegion } = policy;
  const problems = rampProblems(policy);
  if (limitProfile(profile) === undefined) {
    problems.push({ path: '/profile', message: `There is no limit profile "${profile}".` });
  }
  if (!tiers.includes(tier)) {
    problems.push({ path: '/tier', message: `Expected one of ${tiers.join(', ')}.` });
  }
  if (holidayRegion !== undefined && !region.test(holidayRegion)) {
    problems.push({ path: '/holidayRegion', message: 'Expected a region such as PT or DE-BY.' });
  }
  const wrong = hours ? scheduleProblems(hours) : [];
  return [...problems, ...wrong.map(({ path, message }) => ({ path: `/hours${path}`, message }))];
}

function rampProblems({ ramp, rampStartedAt }: IdentityPolicy): FieldProblem[] {
  if (ramp === undefined) return [];
  const names = Object.keys(ramps);
  if (!names.includes(ramp)) {
    return [{ path: '/ramp', message: `Expected one of ${names.join(', ')}.` }];
  }
  if (rampStartedAt !== undefined) return [];
  return [{ path: '/rampStartedAt', message: 'Expected the day on which the ramp begins.' }];
}
