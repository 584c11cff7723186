import { instant } from '@overture/kernel';
import { keepsTheLaws, specification } from '@overture/testing/decider';
import fc from 'fast-check';
import type { IdentityCommand } from './commands.js';
import { identity } from './decide.js';
import type { IdentityEvent } from './events.js';
import { raisesOf, type IdentityPolicy } from './policy.js';
import { isReady } from './state.js';

const { given } = specification(identity);

const at = instant('2026-03-02T09:00:00Z');
const identityId = 'i-1';
const added: IdentityEvent = {
  type: 'IdentityAdded',
  data: {
    identityId,
    provider: 'edges',
    accountRef: 'a-1',
    timeZone: 'Europe/Lisbon',
    tier: 'classic',
    at,
  },
};
const add: IdentityCommand = { type: 'AddIdentity', data: added.data };

const expired = (generation: number): IdentityEvent => {
  return { type: 'LoginExpired', data: { identityId, generation, witness: 'webhook', at } };
};
const restored = (generation: number): IdentityEvent => {
  return { type: 'LoginRestored', data: { identityId, generation, witness: 'webhook', at } };
};
const reportExpired = (generation: number): IdentityCommand => {
  return { type: 'ReportLoginExpired', data: { generation, witness: 'webhook', at } };
};
const reportRestored = (generation: number): IdentityCommand => {
  return { type: 'ReportLoginRestored', data: { generation, witness: 'webhook', at } };
};
const pause: IdentityCommand = { type: 'PauseIdentity', data: { cause: 'asked', at } };
const resume: IdentityCommand = { type: 'ResumeIdentity', data: { at } };
const paused: IdentityEvent = { type: 'IdentityPaused', data: { identityId, cause: 'asked', at } };
const resumed: IdentityEvent = { type: 'IdentityResumed', data: { identityId, at } };

describe('An identity', () => {
  it('is added once', () => {
    given().when(add).then(added);
    given(added).when(add).thenNothing();
  });

  it('is not found before', () => given().when(pause).thenRefused('identity/not-found'));

  it('is paused and resumed by a person', () => {
    given(added).when(pause).then(paused);
    given(added, paused).when(pause).thenNothing();
    given(added, paused).when(resume).then(resumed);
    given(added).when(resume).thenNothing();
  });

  it('acts while logged in and not paused', () => {
    const after = (...history: IdentityEvent[]) =>
      isReady(history.reduce(identity.evolve, identity.initialState));
    expect(after()).toBe(false);
    expect(after(added)).toBe(true);
    expect(after(added, paused)).toBe(false);
    expect(after(added, expired(1))).toBe(false);
    expect(after(added, expired(1), restored(2))).toBe(true);
  });
});

describe('A lost login (S4-22, P7)', () => {
  it('is recorded once, whoever reports it', () => {
    given(added).when(reportExpired(1)).then(expired(1));
    given(added, expired(1)).when(reportExpired(1)).thenNothing();
  });

  it('begins anew as the next generation', () => {
    given(added, expired(1)).when(reportRestored(1)).then(restored(2));
    given(added, expired(1), restored(2)).when(reportRestored(1)).thenNothing();
  });

  it('is not lost again by a late report about the one before', () =>
    given(added, expired(1), restored(2)).when(reportExpired(1)).thenNothing());

  it('is lost again by a report about itself', () =>
    given(added, expired(1), restored(2)).when(reportExpired(2)).then(expired(2)));

  it('is not restored by a look that began before it was lost', () =>
    given(added, expired(1), restored(2), expired(2)).when(reportRestored(1)).thenNothing());

  it('is not restored while it is valid', () => given(added).when(reportRestored(1)).thenNothing());
});

describe('The policy of an identity (F025, F026, F029, F036)', () => {
  const careful = { profile: 'conservative', tier: 'classic' };
  const set = (policy: IdentityPolicy, acknowledgeRisk = false): IdentityCommand => {
    return { type: 'SetIdentityPolicy', data: { policy, acknowledgeRisk, at } };
  };
  const isSet = (policy: IdentityPolicy, raises: string[] = []): IdentityEvent => {
    return { type: 'IdentityPolicySet', data: { ...policy, identityId, raises, at } };
  };
  const navigator = { ...careful, tier: 'sales_navigator' };
  const ramped = { ...careful, rampStartedAt: at };
  const more = raisesOf(careful, navigator, at);

  it('is the most careful one until a person decides otherwise', () =>
    given(added).when(set(careful)).thenNothing());

  it('is replaced as a whole, and set again it says nothing new', () => {
    given(added).when(set(ramped)).then(isSet(ramped));
    given(added, isSet(ramped)).when(set(ramped)).thenNothing();
  });

  it('lets the identity do more only when the risk is acknowledged (F029)', () => {
    expect(more).toContain('caps/inmail/per24h');
    given(added).when(set(navigator)).thenRefused('identity-policy/raises-risk');
    given(added).when(set(navigator, true)).then(isSet(navigator, more));
  });

  it('does more without its warm-up, without its own hours, and with an unknown profile', () => {
    const always = [{ weekdays: [1], from: '09:00', until: '17:00' }];
    const bound = { ...careful, hours: { windows: always, fallbackZone: 'Etc/UTC', daysOff: [] } };
    given(added, isSet(ramped)).when(set(careful)).thenRefused('identity-policy/raises-risk');
    given(added, isSet(bound)).when(set(careful)).thenRefused('identity-policy/raises-risk');
    const wild = { ...careful, profile: 'wild' };
    given(added)
      .when(set(wild, true))
      .then(isSet(wild, ['profile']));
  });

  it('begins again more slowly after a restriction; the way out of that is a risk (F026, F029)', () => {
    const recovering = { ...ramped, ramp: 'recovery' as const };
    given(added, isSet(ramped)).when(set(recovering)).then(isSet(recovering));
    given(added, isSet(recovering)).when(set(ramped)).thenRefused('identity-policy/raises-risk');
  });

  it('is made more careful without a question', () =>
    given(added, isSet(navigator, more)).when(set(careful)).then(isSet(careful)));
});

describe('The allowances of an identity', () => {
  const see = (pendingInvitations: number): IdentityCommand => {
    return { type: 'SeeAllowances', data: { pendingInvitations, notesLeft: 3, at } };
  };
  const seen = (pendingInvitations: number): IdentityEvent => {
    return { type: 'AllowancesSeen', data: { identityId, pendingInvitations, notesLeft: 3, at } };
  };

  it('are stated when they changed', () => {
    given(added).when(see(1)).then(seen(1));
    given(added, seen(1)).when(see(1)).thenNothing();
    given(added, seen(1)).when(see(2)).then(seen(2));
  });
});

describe('Identities', () => {
  const commands = [1, 2, 3].flatMap((generation) => [
    reportExpired(generation),
    reportRestored(generation),
  ]);
  keepsTheLaws(identity, {
    stories: fc
      .array(fc.constantFrom(add, pause, resume, ...commands), { maxLength: 30 })
      .map((story) => [add, ...story]),
    events: fc.constantFrom(added, expired(1), restored(2), expired(2), paused, resumed),
  });
});
