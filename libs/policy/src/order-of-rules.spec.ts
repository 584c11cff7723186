import { hourMs, minuteMs, plus } from '@overture/kernel';
import { ago, always, answerTo, facts, invitation, message, now } from '../test/given.js';
import {
  defaultLimits,
  effectiveLimits,
  ruleNames,
  type ActionToGo,
  type Facts,
  type RuleName,
} from './index.js';

const shut = { open: false, cause: 'paused' };
const free = effectiveLimits({ profile: defaultLimits, tier: 'classic' }, now);

describe('The order of the rules', () => {
  const none = { used: 0 };
  const full = { used: 99 };
  const sundays = { ...always, windows: [{ weekdays: [7], from: '10:00', until: '11:00' }] };
  const one = { per24h: 1, per7d: 1, perDay: 1 };
  const nothingPasses: Facts = {
    ...facts(),
    gates: { workspace: shut, campaign: shut, identity: shut },
    breaker: { cause: 'failure_rate', at: ago(hourMs), until: plus(now, hourMs), times: 1 },
    hold: { until: plus(now, hourMs), cause: 'LIMIT_REACHED' },
    schedule: sundays,
    holidays: { lead: { region: 'PT', days: ['2026-03-02'] } },
    identityHours: sundays,
    inFlight: { until: plus(now, minuteMs) },
    usage: {
      lastAt: now,
      lastOfKindAt: now,
      lastFirstTouchAt: now,
      last24h: full,
      last7d: full,
      today: full,
    },
    limits: { ...free, caps: { ...free.caps, connect: one, inmail: one } },
    pendingInvitations: 999,
    notes: full,
    whenNotesUsedUp: 'wait',
    inmail: { credits: 0 },
    company: { cap: { people: 1, days: 7 }, people: full },
  };
  const late = { ...invitation, notBefore: plus(now, hourMs), firstTouch: true, hasNote: true };

  type Case = readonly [Facts, ActionToGo];
  const given =
    (change: (before: Facts) => Partial<Facts>) =>
    ([before, action]: Case): Case => [{ ...before, ...change(before) }, action];
  const gate = (name: keyof Facts['gates']) =>
    given(({ gates }) => ({ gates: { ...gates, [name]: { open: true } } }));
  const used = (over: Partial<Facts['usage']>) =>
    given(({ usage }) => ({ usage: { ...usage, ...over } }));
  const without = (name: keyof Facts) => given(() => ({ [name]: undefined }));

  /** What has to change for each rule to pass. */
  const repairs: Readonly<Record<RuleName, (before: Case) => Case>> = {
    workspace_gate: gate('workspace'),
    campaign_gate: gate('campaign'),
    identity_gate: gate('identity'),
    breaker: without('breaker'),
    provider_hold: without('hold'),
    not_before: ([before, action]) => [before, { ...action, notBefore: now }],
    window: given(() => ({ schedule: always })),
    holiday: without('holidays'),
    identity_window: without('identityHours'),
    in_flight: without('inFlight'),
    spacing: used({ lastAt: ago(hourMs) }),
    spacing_of_kind: used({ lastOfKindAt: ago(hourMs) }),
    spacing_of_first_touch: used({ lastFirstTouchAt: ago(hourMs) }),
    cap_24h: used({ last24h: none }),
    cap_7d: used({ last7d: none }),
    cap_day: used({ today: none }),
    pending_invitations: without('pendingInvitations'),
    note_quota: ([before, action]) => [before, { ...action, kind: 'inmail' }],
    inmail_credits: without('inmail'),
    company_cap: without('company'),
  };

  it('is fixed: each is asked once all before it have passed (F055)', () => {
    let [world, action]: Case = [nothingPasses, late];
    for (const rule of ruleNames) {
      expect(answerTo(world, action)[0]).toBe(rule);
      [world, action] = repairs[rule]([world, action]);
    }
    expect(answerTo(world, action)).toBe('go');
  });

  it('asks for credits, notes and pending invitations only where they are used (F055)', () => {
    const given = facts({
      pendingInvitations: 999,
      notes: { used: 9 },
      inmail: { credits: 0 },
      limits: free,
    });
    expect(answerTo(given)).toBe('go');
    expect(answerTo(given, { ...message, kind: 'visit' })).toBe('go');
    expect(answerTo(given, invitation)[0]).toBe('pending_invitations');
    expect(answerTo({ ...given, pendingInvitations: 0 }, invitation)).toBe('go');
  });
});
