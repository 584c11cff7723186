import fc from 'fast-check';
import { dayMs, hourMs, msBetween, plus, toMs, type Instant } from '@overture/kernel';
import { defaultLimits, isOpen, type ActionKind, type Schedule } from '@overture/policy';
import { decideAgain, type RecordedDecision } from '@overture/planner';
import { action, monday, report, World, type UseRow } from './world.js';

const kinds: readonly ActionKind[] = ['visit', 'connect', 'message'];
const zones = ['Europe/Lisbon', 'America/New_York', 'Asia/Kolkata', ''];
const schedule: Schedule = {
  windows: [
    { weekdays: [1, 2, 3, 4, 5], from: '08:30', until: '18:00' },
    { weekdays: [6], from: '22:00', until: '02:00' },
  ],
  fallbackZone: 'Europe/Berlin',
  daysOff: ['2026-03-04'],
};

type Ending = 'accepted' | 'released' | 'unknown';
const planned = fc.record({
  kind: fc.constantFrom(...kinds),
  zone: fc.constantFrom(...zones),
  firstTouch: fc.boolean(),
  identity: fc.integer({ min: 1, max: 2 }),
  inMs: fc.integer({ min: 0, max: 6 * dayMs }),
  ends: fc.constantFrom('accepted', 'accepted', 'released', 'unknown') as fc.Arbitrary<Ending>,
});
const plans = fc.array(planned, { minLength: 60, maxLength: 120 });
const jumps = fc.infiniteStream(fc.integer({ min: 0, max: 3 * hourMs }));

/** Pairs of neighbours of one identity, oldest first. */
function neighbours(uses: readonly UseRow[]): (readonly [UseRow, UseRow])[] {
  return uses.slice(1).map((use, index) => [uses[index] as UseRow, use] as const);
}

function expectCap(uses: readonly UseRow[], cap: number, windowMs: number): void {
  for (const { used_at } of uses) {
    const since = toMs(used_at) - windowMs;
    const within = uses.filter((use) => toMs(use.used_at) > since && use.used_at <= used_at);
    expect(within.length).toBeLessThanOrEqual(cap);
  }
}

function expectSpacing(uses: readonly UseRow[]): void {
  const { gapMs, firstTouchGapMs } = defaultLimits;
  for (const [before, after] of neighbours(uses)) {
    expect(msBetween(before.used_at, after.used_at)).toBeGreaterThanOrEqual(gapMs.min);
  }
  for (const [before, after] of neighbours(uses.filter((use) => use.first_touch))) {
    expect(msBetween(before.used_at, after.used_at)).toBeGreaterThanOrEqual(firstTouchGapMs);
  }
}

/** What each claim was decided by, taken again from the log (M1, F055). */
async function expectSameDecisions(world: World): Promise<void> {
  const decisions = await world.decisions();
  for (const { enrollment, at, decisionJson = '' } of decisions) {
    const recorded = JSON.parse(decisionJson) as RecordedDecision;
    const again = decideAgain(recorded, { identityId: enrollment.identityId, at });
    expect(again.go).toBe(true);
    expect(recorded.policy).toBe(again.rules.map(({ version }) => version).join('.'));
  }
}

describe('Over any plans', () => {
  it('caps, spacing and windows hold for every claim, and each is decided the same again (I3, I4, M1)', async () => {
    const world = await World.make();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(plans, jumps, async (batch, jump) => {
        const of = `r${run++}`;
        world.now = plus(monday, run * 40 * dayMs);
        const made = await playOut(world, { of, batch, jump });
        expect(made).toHaveLength(batch.length);
        await expectSameDecisions(world);
        for (const identityId of [`${of}-1`, `${of}-2`]) {
          const own = made.filter((use) => use.identity_id === identityId);
          expectSpacing(own);
          for (const kind of kinds) {
            const cap = defaultLimits.caps[kind];
            const lane = own.filter((use) => use.kind === kind);
            expectCap(lane, cap.per24h, dayMs);
            expectCap(lane, cap.per7d ?? Number.MAX_SAFE_INTEGER, 7 * dayMs);
          }
        }
      }),
      { numRuns: 5, seed: 20260302, endOnFailure: true },
    );
  });
});

interface Play {
  readonly of: string;
  readonly batch: readonly (typeof planned extends fc.Arbitrary<infer Plan> ? Plan : never)[];
  readonly jump: fc.Stream<number>;
}

/** Plans everything, then lets time jump until nothing waits; returns every use that counts. */
async function playOut(world: World, { of, batch, jump }: Play): Promise<UseRow[]> {
  const start = world.now;
  const campaignId = `c-${of}`;
  for (const n of [1, 2]) await world.open(`${of}-${n}`, campaignId, schedule);
  await world.plan(
    ...batch.map(({ identity, kind, zone, firstTouch, inMs }, n) =>
      action(`${of}e${n}.1.0`, {
        identityId: `${of}-${identity}`,
        campaignId,
        kind,
        zone,
        firstTouch,
        priority: firstTouch ? 20 : 10,
        dueAt: plus(start, inMs),
      }),
    ),
  );
  for (let step = 0; step < 600; step++) {
    const { claimed } = await world.claim();
    if (claimed > 0) await conclude(world, { of, batch });
    const next: Instant | undefined = await world.due.nextVisitAt();
    if (next === undefined) break;
    const [more = 0] = [...jump.take(1)];
    world.now = plus(next > world.now ? next : world.now, more);
  }
  const uses = await world.uses();
  return uses.filter(({ identity_id }) => identity_id.startsWith(`${of}-`));
}

async function conclude(world: World, { of, batch }: Omit<Play, 'jump'>): Promise<void> {
  const claims = await world.claims();
  const news = claims
    .filter(({ state }) => state === 'offered')
    .map(({ action_id, identity_id: identityId, epoch }) => {
      const { zone, ends } = batch[Number(action_id.slice(of.length + 1).split('.')[0])] ?? {};
      expect(isOpen(schedule, zone || schedule.fallbackZone, world.now)).toBe(true);
      const type = epoch > 1 || ends === undefined ? 'accepted' : ends;
      const cause = 'window/closed';
      return report(type, action_id, { identityId, epoch, cause, at: world.now });
    });
  await world.news(...news);
}
