import { dayMs, hourMs, instant, minuteMs, plus, toMs, type Instant } from '@overture/kernel';
import fc from 'fast-check';
import { always, facts, message } from '../test/given.js';
import {
  companyFacts,
  verdict,
  type CompanyCap,
  type CompanyContact,
  type CompanyFacts,
} from './index.js';

const seed = 20_261_121;
const start = instant('2026-03-02T10:00:00Z');

interface Contact extends CompanyContact {
  readonly effectAt: Instant;
}

interface World {
  readonly cap: CompanyCap;
  /** Who is to be contacted next, how long after the last, and how late that comes about. */
  readonly wants: readonly { leadId: string; afterMs: number; effectAfterMs: number }[];
}

type Judgement = typeof companyFacts;

/** Everybody who is contacted at one company; who is told to wait is asked again when they were told. */
function play({ cap, wants }: World, judgement: Judgement): Contact[] {
  const contacts: Contact[] = [];
  let at = start;
  for (const { leadId, afterMs, effectAfterMs } of wants) {
    at = goesAt(plus(at, afterMs), (now) => judgement(cap, contacts, { leadId, now }));
    contacts.push({ leadId, at, effectAt: plus(at, effectAfterMs) });
  }
  return contacts;
}

function goesAt(at: Instant, company: (now: Instant) => CompanyFacts): Instant {
  const action = { ...message, notBefore: at, firstTouch: true };
  const answer = verdict(action, facts({ schedule: always, company: company(at) }), at);
  if (answer.go) return at;
  if (answer.until === undefined || answer.until <= at) throw new Error('Waits for ever.');
  return goesAt(answer.until, company);
}

/** Worked out from the effects alone: more people than the cap in any of its days. */
function tooMany({ cap }: World, contacts: readonly Contact[]): string[] {
  return contacts.flatMap(({ effectAt }) => {
    const sinceMs = toMs(effectAt) - cap.days * dayMs;
    const people = new Set(
      contacts
        .filter((each) => toMs(each.effectAt) > sinceMs && each.effectAt <= effectAt)
        .map(({ leadId }) => leadId),
    );
    return people.size > cap.people ? [`${people.size} of ${cap.people} at ${effectAt}`] : [];
  });
}

const worlds: fc.Arbitrary<World> = fc.record({
  cap: fc.record({ people: fc.integer({ min: 1, max: 4 }), days: fc.integer({ min: 1, max: 9 }) }),
  wants: fc.array(
    fc.record({
      leadId: fc.integer({ min: 1, max: 9 }).map((n) => `lead-${n}`),
      afterMs: fc.oneof(fc.nat(hourMs), fc.nat(3 * dayMs)),
      effectAfterMs: fc.oneof(fc.constant(0), fc.nat(15 * minuteMs - 1)),
    }),
    { minLength: 10, maxLength: 60 },
  ),
});

function breaches(judgement: Judgement): string {
  const { errorInstance } = fc.check(
    fc.property(worlds, (world) => expect(tooMany(world, play(world, judgement))).toEqual([])),
    { seed, numRuns: 200, endOnFailure: true },
  );
  return errorInstance instanceof Error ? errorInstance.message : '';
}

describe(`Over random companies (seed ${seed})`, () => {
  it('nowhere do more people hear from us in the days than the cap says (F034)', () =>
    expect(breaches(companyFacts)).toBe(''));

  it('somebody is made to wait, and everybody has a turn (F034)', () => {
    const played = fc.sample(worlds, { seed, numRuns: 50 }).map((world) => {
      const contacts = play(world, companyFacts);
      expect(contacts).toHaveLength(world.wants.length);
      const wantedMs = world.wants.reduce((sum, { afterMs }) => sum + afterMs, 0);
      return toMs(contacts.at(-1)?.at ?? start) > toMs(start) + wantedMs;
    });
    expect(played.filter(Boolean).length).toBeGreaterThan(25);
  });

  const mutants: readonly [string, Judgement][] = [
    [
      'lets one more than the cap through',
      (cap, contacts, of) => companyFacts({ ...cap, people: cap.people + 1 }, contacts, of),
    ],
    [
      'counts a person by the oldest contact',
      (cap, contacts, of) => {
        const first = new Map(contacts.toReversed().map((each) => [each.leadId, each]));
        return companyFacts(cap, [...first.values()], of);
      },
    ],
    [
      'forgets that effects come after their claims',
      (cap, contacts, of) =>
        companyFacts(cap, contacts, { ...of, now: plus(of.now, 15 * minuteMs) }),
    ],
    [
      'knows whoever was contacted at any time',
      (cap, contacts, of) => {
        const contacted = contacts.some(({ leadId }) => leadId === of.leadId);
        return { ...companyFacts(cap, contacts, of), contacted };
      },
    ],
  ];

  it.each(mutants)('a mutant that %s is caught (F034)', (_, judgement) =>
    expect(breaches(judgement)).toContain('toEqual'),
  );
});
