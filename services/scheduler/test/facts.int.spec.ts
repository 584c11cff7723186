import { dayMs, hourMs, instant, minuteMs, plus } from '@overture/kernel';
import { defaultSchedule } from '@overture/policy';
import type { IdentityPolicy } from '../src/app/changes.js';
import { action, always, monday, report, World } from './world.js';

const policy: IdentityPolicy = { profile: 'conservative', tier: '', holidayRegion: '' };

describe('A claim obeys', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.make();
    await world.open('i-1');
  });

  const setPolicy = (more: Partial<IdentityPolicy>) =>
    world.change((changes) =>
      changes.identity('i-1', { type: 'policy_set', policy: { ...policy, ...more } }),
    );

  /** Claims and lets succeed until nothing more may go today; returns how many. */
  async function drainToday(): Promise<number> {
    const until = plus(world.now, dayMs);
    for (let claimed = 0; ;) {
      claimed += (await world.claim()).claimed;
      await world.news(
        ...(await world.claims()).map(({ action_id, epoch }) =>
          report('accepted', action_id, { epoch, at: world.now }),
        ),
      );
      const next = await world.due.nextVisitAt();
      if (next === undefined || next >= until) return claimed;
      world.now = next > world.now ? next : plus(world.now, minuteMs);
    }
  }

  it('one budget of an identity, whichever campaigns use it (F033, I3)', async () => {
    await world.open('i-1', 'c-2');
    const ids = Array.from({ length: 20 }, (_, n) => n);
    await world.plan(
      ...ids.map((n) => action(`e${n}.0.0`, { kind: 'connect', campaignId: `c-${(n % 2) + 1}` })),
    );
    expect(await drainToday()).toBe(15);
  });

  it('the cap of its campaign where that is lower, and leaves the rest to the other campaign (F022)', async () => {
    await world.open('i-1', 'c-2');
    await world.change((changes) =>
      changes.campaign('c-1', { type: 'capped', caps: { message: { per24h: 2 } } }),
    );
    const ids = Array.from({ length: 8 }, (_, n) => n);
    await world.plan(...ids.map((n) => action(`e${n}.0.0`, { campaignId: `c-${(n % 2) + 1}` })));
    expect(await drainToday()).toBe(5);
    expect(await world.waiting()).toEqual(['e2.0.0', 'e4.0.0', 'e6.0.0']);
  });

  it('a cap of a calendar day, until midnight where the identity is (P27)', async () => {
    await world.change((changes) =>
      changes.campaign('c-1', { type: 'capped', caps: { message: { perDay: 3 } } }),
    );
    await world.plan(...Array.from({ length: 8 }, (_, n) => action(`e${n}.0.0`)));
    expect(await drainToday()).toBe(6);
    const uses = await world.uses();
    expect(uses.filter((use) => use.used_at < '2026-03-03')).toHaveLength(3);
    expect(uses[3]?.used_at).toBe('2026-03-03T00:15:00.000Z');
  });

  it('the first step of a warm-up, and the next one when it begins (F026)', async () => {
    await setPolicy({ rampStartedAt: plus(monday, -6 * dayMs - 12 * hourMs) });
    await world.plan(
      ...Array.from({ length: 12 }, (_, n) => action(`e${n}.0.0`, { kind: 'connect' })),
    );
    expect(await drainToday()).toBe(6);
    const uses = await world.uses();
    expect(uses.filter((use) => use.used_at < plus(monday, hourMs))).toHaveLength(3);
    expect(uses[3]?.used_at).toBe(plus(monday, 12 * hourMs));
  });

  it("the identity's own hours, beside those of the campaign (F036)", async () => {
    const hours = {
      ...defaultSchedule,
      windows: [{ weekdays: [1], from: '14:00', until: '16:00' }],
    };
    await setPolicy({ hours });
    await world.plan(action('e1.1.0'));
    expect(await world.claim()).toMatchObject({ claimed: 0 });
    expect(await world.due.nextVisitAt()).toBe('2026-03-02T14:00:00.000Z');
    expect(await world.explain('e1.1.0')).toMatchObject({ because: 'identity_window' });
  });

  it('holidays where the lead lives and where the identity does, unless the campaign works on them (F037)', async () => {
    // 1 May, a Friday: a holiday in Portugal; no holiday in the United States.
    world.now = instant('2026-05-01T10:00:00.000Z');
    const lisbon = action('e1.1.0', { zone: 'Europe/Lisbon', dueAt: world.now });
    await world.plan(lisbon);
    expect(await world.claim()).toMatchObject({ claimed: 0 });
    expect(await world.explain('e1.1.0')).toMatchObject({ because: 'holiday' });
    await world.open('i-1', 'c-1', { ...always, holidays: 'work' });
    expect(await world.claim()).toMatchObject({ claimed: 1 });
    await world.news(report('accepted', 'e1.1.0', { at: world.now }));
    await setPolicy({ holidayRegion: 'PT' });
    world.pass(hourMs);
    await world.open('i-1', 'c-3');
    await world.plan(
      action('e2.1.0', { campaignId: 'c-3', zone: 'America/New_York', dueAt: world.now }),
    );
    expect(await world.claim()).toMatchObject({ claimed: 0 });
    expect((await world.explain('e2.1.0')).rules.at(-1)?.inputs).toMatchObject({ off: 'identity' });
  });

  it('a breaker that three 429 have opened, for every kind, until its rest is over (F032)', async () => {
    const kinds = ['message', 'connect', 'visit'] as const;
    for (const [n, kind] of kinds.entries()) {
      await world.plan(action(`e${n}.0.0`, { kind, dueAt: world.now }));
      expect(await world.claim()).toMatchObject({ claimed: 1 });
      const [claim] = await world.claims();
      await world.news(
        report('rejected', claim?.action_id ?? '', { cause: 'STATUS_429', at: world.now }),
      );
      world.pass(5 * minuteMs);
    }
    await world.plan(action('e7.0.0', { kind: 'comment', dueAt: world.now }));
    expect(await world.claim()).toMatchObject({ claimed: 0 });
    const explained = await world.explain('e7.0.0');
    expect(explained).toMatchObject({ because: 'breaker' });
    expect(explained.rules.at(-1)?.inputs).toMatchObject({ cause: 'repeated_429' });
    world.now = explained.nextAt ?? world.now;
    expect(await world.claim()).toMatchObject({ claimed: 1 });
  });

  it('the slower ramp of an account that was restricted, and names it (F026)', async () => {
    await setPolicy({ rampStartedAt: plus(monday, -8 * dayMs), ramp: 'recovery' });
    await world.plan(
      ...Array.from({ length: 5 }, (_, n) => action(`e${n}.0.0`, { kind: 'connect' })),
    );
    expect(await drainToday()).toBe(3);
    const explained = await world.explain('e3.0.0');
    expect(explained.rules.at(-1)?.inputs).toMatchObject({ by: 'ramp', ramp: 'recovery', cap: 3 });
    expect(explained.change).toContain('cap of 3 in 24 hours (set by ramp: recovery)');
  });

  it('how many invitations are open, counting those claimed since LinkedIn showed it (F024)', async () => {
    const seen = (pendingInvitations: number) =>
      world.change((changes) =>
        changes.identity('i-1', {
          type: 'allowances_seen',
          seen: { pendingInvitations, at: world.now },
        }),
      );
    await seen(299);
    await world.plan(action('e1.0.0', { kind: 'connect' }), action('e2.0.0', { kind: 'connect' }));
    expect(await drainToday()).toBe(1);
    expect(await world.explain('e2.0.0')).toMatchObject({ because: 'pending_invitations' });
    await seen(120);
    expect(await drainToday()).toBe(1);
  });

  it('the quota of notes: the invitation goes without one, and the claim says so (F027, P20)', async () => {
    await setPolicy({ tier: 'classic' });
    const ids = Array.from({ length: 7 }, (_, n) => `e${n}.0.0`);
    await world.plan(...ids.map((id) => action(id, { kind: 'connect', hasNote: true })));
    expect(await drainToday()).toBe(7);
    const notes = (await world.decisions()).map(({ note }) => note);
    expect(notes).toEqual(['with', 'with', 'with', 'with', 'with', 'without', 'without']);
  });

  describe('the choice of a campaign to wait for a note (F027, P20)', () => {
    const toldTo = (waitsForNote: boolean) =>
      world.change((changes) =>
        changes.campaign('c-1', { type: 'capped', caps: {}, waitsForNote }),
      );
    const invitation = (n: number, hasNote = true) =>
      action(`e${n}.0.0`, { kind: 'connect', hasNote });
    beforeEach(async () => {
      await setPolicy({ tier: 'classic' });
      await toldTo(true);
    });

    it('until the oldest of the month is old enough, and says so', async () => {
      await world.plan(...Array.from({ length: 7 }, (_, n) => invitation(n)));
      expect(await drainToday()).toBe(5);
      const [first] = await world.uses();
      const freeAt = plus(first?.used_at ?? monday, 31 * dayMs + 15 * minuteMs);
      const explained = await world.explain('e6.0.0');
      expect(explained).toMatchObject({ because: 'note_quota', nextAt: freeAt });
      expect(explained.change).toBe(
        `A note of this month's 5 has to get free: at ${freeAt}, or its campaign has to let invitations go without one.`,
      );
      world.now = freeAt;
      await world.claim();
      const notes = (await world.decisions()).map(({ note }) => note);
      expect(notes).toEqual(['with', 'with', 'with', 'with', 'with', 'with']);
    });

    it('keeps nobody waiting whose invitation has no note', async () => {
      await world.plan(
        ...Array.from({ length: 8 }, (_, n) => invitation(n)),
        invitation(8, false),
        invitation(9, false),
      );
      expect(await drainToday()).toBe(7);
      expect(await world.waiting()).toEqual(['e5.0.0', 'e6.0.0', 'e7.0.0']);
    });

    it('holds while LinkedIn says that none is left, and not a moment longer', async () => {
      const left = (notesLeft: number) =>
        world.change((changes) =>
          changes.identity('i-1', {
            type: 'allowances_seen',
            seen: { notesLeft, at: world.now },
          }),
        );
      await left(0);
      await world.plan(invitation(1));
      expect(await drainToday()).toBe(0);
      const explained = await world.explain('e1.0.0');
      expect(explained).toMatchObject({ because: 'note_quota' });
      expect(explained).not.toHaveProperty('nextAt');
      await left(3);
      expect(await drainToday()).toBe(1);
    });

    it('may be taken back: what waited goes without', async () => {
      await world.plan(...Array.from({ length: 6 }, (_, n) => invitation(n)));
      expect(await drainToday()).toBe(5);
      await toldTo(false);
      expect(await drainToday()).toBe(1);
      expect((await world.decisions()).at(-1)).toMatchObject({ note: 'without' });
    });
  });

  it('InMail credits, less those claimed since the balance was seen (F009)', async () => {
    await setPolicy({ tier: 'sales_navigator', profile: 'sales_navigator' });
    await world.change((changes) =>
      changes.identity('i-1', {
        type: 'allowances_seen',
        seen: { inmailCredits: 1, at: world.now },
      }),
    );
    await world.plan(action('e1.1.0', { kind: 'inmail' }), action('e2.1.0', { kind: 'inmail' }));
    expect(await drainToday()).toBe(1);
    expect(await world.explain('e2.1.0')).toMatchObject({ because: 'inmail_credits' });
  });

  it('spacing after a restart with hours of backlog: one at a time, never a burst (F040)', async () => {
    await world.plan(...Array.from({ length: 20 }, (_, n) => action(`e${n}.0.0`)));
    world.pass(5 * dayMs);
    const at: string[] = [];
    for (let look = 0; look < 60; look++) {
      if ((await world.claim()).claimed > 0) at.push(world.now);
      const [claim] = await world.claims();
      if (claim) await world.news(report('accepted', claim.action_id, { at: world.now }));
      world.pass(30_000);
    }
    expect(at.length).toBeGreaterThan(3);
    expect(at.length).toBeLessThanOrEqual(20);
  });
});
