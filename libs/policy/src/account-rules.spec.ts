import { dayMs, hourMs, minuteMs, plus } from '@overture/kernel';
import { ago, always, answerTo, facts, invitation, message, now } from '../test/given.js';
import {
  capWindowMs,
  companyFacts,
  defaultLimits,
  effectiveLimits,
  isTooFast,
  limitProfile,
  priorityOf,
  riskierIn,
  ruleNames,
  usageOf,
  verdict,
  type ActionToGo,
  type CompanyContact,
  type Facts,
  type RuleName,
  type Use,
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

describe('Unanswered invitations', () => {
  it('stop new ones at the cap, without a time: an answer or a withdrawal makes room (F024, P21)', () => {
    const max = defaultLimits.pendingInvitationsMax ?? 0;
    expect(answerTo(facts({ pendingInvitations: max }), invitation)).toEqual([
      'pending_invitations',
      undefined,
    ]);
    expect(answerTo(facts({ pendingInvitations: max - 1 }), invitation)).toBe('go');
  });
});

describe('The notes of a month', () => {
  const withNote = { ...invitation, hasNote: true };
  const noteOf = (given: Partial<Facts>) => {
    const answer = verdict(withNote, facts({ limits: free, ...given }), now);
    return answer.go ? answer.note : [answer.because, answer.until];
  };
  const firstNoteAt = ago(20 * dayMs);
  const usedUp = { used: 5, blockingAt: firstNoteAt };

  it('go with the invitation while there are some (F027)', () => {
    expect(noteOf({ notes: { used: 4 } })).toBe('with');
    expect(noteOf({})).toBe('with');
  });

  it('are left out, and it is said so, once they are used up (P20)', () => {
    expect(noteOf({ notes: usedUp })).toBe('without');
    expect(noteOf({ notes: { used: 0, left: 0 } })).toBe('without');
  });

  it('are waited for where the campaign wants that', () => {
    const until = plus(firstNoteAt, capWindowMs.perMonth);
    expect(noteOf({ notes: usedUp, whenNotesUsedUp: 'wait' })).toEqual(['note_quota', until]);
    expect(noteOf({ notes: { used: 0, left: 0 }, whenNotesUsedUp: 'wait' })).toEqual([
      'note_quota',
      undefined,
    ]);
  });

  it('are no quota for those who pay', () => {
    const limits = effectiveLimits({ profile: defaultLimits, tier: 'premium' }, now);
    expect(noteOf({ limits, notes: { used: 70 } })).toBe('with');
  });

  it('are not asked for by an invitation without one', () => {
    const answer = verdict(invitation, facts({ limits: free, notes: usedUp }), now);
    expect(answer).toMatchObject({ go: true });
    expect(answer).not.toHaveProperty('note');
  });
});

describe('An InMail', () => {
  const inmail = { ...message, kind: 'inmail' } as const;

  it('needs a credit, and waits for the day they are renewed (F009, S4-26)', () => {
    const renewsAt = plus(now, 9 * dayMs);
    expect(answerTo(facts({ inmail: { credits: 1 } }), inmail)).toBe('go');
    expect(answerTo(facts({ inmail: { credits: 0, renewsAt } }), inmail)).toEqual([
      'inmail_credits',
      renewsAt,
    ]);
    const renewed = { credits: 0, renewsAt: ago(hourMs) };
    expect(answerTo(facts({ inmail: renewed }), inmail)).toEqual(['inmail_credits', undefined]);
  });
});

describe('A company', () => {
  const cap = { people: 2, days: 7 };
  const newLead = { ...message, firstTouch: true };
  const contactOf = (leadId: string, days: number) => ({ leadId, at: ago(days * dayMs) });
  const company = (...contacts: readonly CompanyContact[]) =>
    facts({ company: companyFacts(cap, contacts, { leadId: 'me', now }) });

  it('hears from a few people at a time, and from the next when one of them is long ago (F034)', () => {
    expect(answerTo(company(contactOf('ada', 5)), newLead)).toBe('go');
    const two = company(contactOf('ada', 5), contactOf('ben', 2));
    expect(answerTo(two, newLead)).toEqual(['company_cap', plus(now, 2 * dayMs + 15 * minuteMs)]);
    expect(answerTo(company(contactOf('ada', 8), contactOf('ben', 2)), newLead)).toBe('go');
  });

  it('counts people, not how often or by whom they were contacted (F034)', () => {
    const twice = company(contactOf('ada', 5), contactOf('ada', 1));
    expect(answerTo(twice, newLead)).toBe('go');
    const full = company(contactOf('ada', 5), contactOf('ben', 3), contactOf('ada', 1));
    expect(answerTo(full, newLead)).toEqual(['company_cap', plus(now, 4 * dayMs + 15 * minuteMs)]);
  });

  it('does not lose those it has begun to talk with (F034)', () => {
    const full = company(contactOf('ada', 5), contactOf('ben', 2));
    expect(answerTo(full)).toBe('go');
    const known = company(contactOf('ada', 5), contactOf('ben', 2), contactOf('me', 1));
    expect(answerTo(known, newLead)).toBe('go');
  });

  it('says how many and in how many days (F034)', () => {
    const answer = verdict(newLead, company(contactOf('ada', 5), contactOf('ben', 2)), now);
    const inputs = { people: 2, cap: 2, days: 7, contacted: false };
    expect(answer.rules.at(-1)).toMatchObject({ rule: 'company_cap', passed: false, inputs });
  });
});

describe('The cap of a calendar day', () => {
  const limits = {
    ...defaultLimits,
    caps: { ...defaultLimits.caps, message: { per24h: 30, perDay: 2 } },
  };
  const lisbon = { limits, identityZone: 'America/New_York', schedule: always };
  const answer = (...hours: number[]) => {
    const uses: Use[] = hours.map((h) => ({
      kind: 'message',
      at: ago(h * hourMs),
      firstTouch: false,
    }));
    return answerTo(facts({ ...lisbon, usage: usageOf(uses, 'message', limits, now) }));
  };

  it('counts from the identity’s own midnight, on top of the rolling day (P27)', () => {
    // It is 07:00 in New York: five hours ago is today there, nine hours ago was yesterday.
    expect(answer(1, 5)).toEqual(['cap_day', '2026-03-03T05:15:00.000Z']);
    expect(answer(1, 9)).toBe('go');
  });

  it('counts what was claimed just before midnight on both days', () =>
    expect(answer(1, 7.1)).toEqual(['cap_day', '2026-03-03T05:15:00.000Z']));
});

describe('What a campaign and a person may set', () => {
  it('is who goes first: what was begun, unless asked otherwise (F020)', () => {
    expect(priorityOf(false)).toBeLessThan(priorityOf(true));
    expect(priorityOf(true, 'new_leads')).toBeLessThan(priorityOf(false, 'new_leads'));
  });

  it('is never riskier without being named (F029)', () => {
    const before = { limits: effectiveLimits({ profile: defaultLimits, tier: 'classic' }, now) };
    const classic = limitProfile('classic') ?? defaultLimits;
    const after = { limits: effectiveLimits({ profile: classic, tier: 'classic' }, now) };
    expect(riskierIn(before, after)).toEqual(
      expect.arrayContaining([
        { path: 'caps/connect/per24h', from: 15, to: 25 },
        { path: 'caps/message/per7d', from: 150 },
        { path: 'gapMs/min', from: 90_000, to: 60_000 },
        { path: 'pendingInvitationsMax', from: 300, to: 500 },
      ]),
    );
    expect(riskierIn(after, before)).toEqual([]);
    expect(riskierIn(before, before)).toEqual([]);
  });

  it('is riskier too when a ramp ends early or hours grow (F029)', () => {
    const ramp = { startedAt: now };
    const ramped = { limits: effectiveLimits({ profile: defaultLimits, ramp }, now) };
    const plain = { limits: defaultLimits, hours: always };
    expect(riskierIn(ramped, plain).map(({ path }) => path)).toContain('caps/visit/per24h');
    const office = { ...always, windows: [{ weekdays: [1], from: '22:00', until: '02:00' }] };
    expect(riskierIn({ ...plain, hours: office }, plain)).toEqual([
      { path: 'hours', from: 240, to: 10_080 },
    ]);
    expect(
      riskierIn(plain, { ...plain, hours: { ...always, holidays: 'work' } }).map(
        ({ path }) => path,
      ),
    ).toEqual(['hours/holidays']);
  });

  it('is not how fast a browser goes: a result that comes too soon is a breach (S3-41)', () => {
    expect(isTooFast({ before: ago(89_000), at: now }, defaultLimits)).toBe(true);
    expect(isTooFast({ before: ago(90_000), at: now }, defaultLimits)).toBe(false);
  });
});
