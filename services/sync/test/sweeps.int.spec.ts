import { hourMs, InvalidInputError, minuteMs, NotFoundError, plus } from '@overture/kernel';
import { checkRelations } from '../src/app/check-relations.js';
import { learnNames } from '../src/app/follow-leads.js';
import { doubtLogin } from '../src/app/report-login.js';
import { addIdentity, controlIdentity } from '../src/app/manage-identities.js';
import { syncBeforeSend } from '../src/app/sync-before-send.js';
import { start, talk, tenantId, wanted, world, type World } from './world.js';

let place: World;

beforeEach(async () => {
  place = await world();
});

const of = () => ({ tenantId, identityId: place.identityId });
const later = (ms: number) => plus(start, ms);

describe('A sweep', () => {
  it('states a reply of a followed lead once, however often it is read (F086, F088, S4-37)', async () => {
    await place.follow('ada');
    place.linkedIn.talks = [talk('ada', later(minuteMs))];
    await place.sweep();
    place.pass(hourMs);
    await place.sweep();
    place.pass(hourMs);
    await place.sweep();
    expect(await place.facts()).toEqual(['ReplySeen']);
  });

  it('takes nothing for a reply that is none (F090, S4-14)', async () => {
    place.linkedIn.talks = [
      talk('before', later(-hourMs)),
      talk('ours', later(minuteMs), { fromLead: false }),
      talk('stranger', later(minuteMs)),
    ];
    await place.follow('before');
    await place.follow('ours');
    await place.sweep();
    expect(await place.facts()).toEqual([]);
  });

  it('states a second message of a lead as another reply', async () => {
    await place.follow('ada');
    place.linkedIn.talks = [talk('ada', later(minuteMs))];
    await place.sweep();
    place.pass(hourMs);
    place.linkedIn.talks = [talk('ada', later(30 * minuteMs))];
    await place.sweep();
    expect(await place.facts()).toEqual(['ReplySeen', 'ReplySeen']);
  });

  it('states an acceptance once, under any name the person is known by (F087, P09)', async () => {
    await place.follow('ada');
    await place.deps.database.tenant(tenantId, (tx) =>
      learnNames(place.deps, tx, { tenantId, leadId: 'ada', names: ['member-7'] }),
    );
    place.linkedIn.connected = [{ names: ['member-7', 'renamed'], connectedAt: later(minuteMs) }];
    await place.sweep();
    place.pass(5 * hourMs);
    await place.sweep();
    expect(await place.facts()).toEqual(['AcceptanceSeen']);
  });

  it('takes nobody for accepted who was connected before (S4-46)', async () => {
    await place.follow('ada');
    place.linkedIn.connected = [{ names: ['ada'], connectedAt: later(-hourMs) }];
    await place.sweep();
    expect(await place.facts()).toEqual([]);
  });

  it('reads no further back than it has to (S4-47)', async () => {
    place.linkedIn.connected = Array.from({ length: 40 }, (_, index) => ({
      names: [`c-${index}`],
      connectedAt: later(-index * hourMs),
    }));
    await place.sweep();
    const first = place.linkedIn.pagesRead;
    place.pass(5 * hourMs);
    await place.sweep();
    expect(place.linkedIn.pagesRead - first).toBeLessThan(6);
    expect(first).toBeGreaterThanOrEqual(20);
  });

  it('comes again soon when LinkedIn is away, and hourly otherwise (S4-50)', async () => {
    expect(await place.sweep()).toBe(later(hourMs));
    place.pass(hourMs);
    place.linkedIn.away = true;
    expect(await place.sweep()).toBe(later(hourMs + 5 * minuteMs));
  });
});

describe('A login', () => {
  it('that is lost and found again is stated once each, whoever saw it (S4-22, S4-53, F097)', async () => {
    await place.sweep();
    place.linkedIn.valid = false;
    const doubt = () =>
      place.deps.database.tenant(tenantId, (tx) =>
        doubtLogin(place.deps, tx, { provider: 'edges', accountRef: 'a-1' }),
      );
    await doubt();
    await doubt();
    await place.sweep();
    place.pass(hourMs);
    await place.sweep();
    place.linkedIn.valid = true;
    await doubt();
    await place.sweep();
    await doubt();
    await place.sweep();
    expect(await place.facts()).toEqual(['LoginExpired', 'LoginRestored']);
  });

  it('that a sweep finds lost is stated, and nothing may be sent', async () => {
    await place.follow('ada');
    place.linkedIn.valid = false;
    const look = await syncBeforeSend(place.deps, { ...of(), leadId: 'ada' });
    expect(look).toMatchObject({ ready: false, notReadyCause: 'auth_expired' });
    expect(await place.facts()).toEqual(['LoginExpired']);
  });
});

describe('The look before a send (S4-52, F085)', () => {
  it('sees a reply that no sweep has seen, and states it', async () => {
    await place.sweep();
    await place.follow('ada');
    place.pass(2 * minuteMs);
    place.linkedIn.talks = [talk('ada', later(minuteMs))];
    const look = await syncBeforeSend(place.deps, { ...of(), leadId: 'ada' });
    expect(look).toMatchObject({
      ready: true,
      replied: true,
      threadUrl: 't-ada',
      accountRef: 'a-1',
    });
    expect(look.syncedAt).toBe(place.clock.now());
    expect(await place.facts()).toEqual(['ReplySeen']);
  });

  it('says that a paused identity may not act', async () => {
    const data = { cause: 'holiday', at: place.clock.now() };
    await controlIdentity(place.deps, { ...of(), meta: {} }, { type: 'PauseIdentity', data });
    const look = await syncBeforeSend(place.deps, { ...of(), leadId: 'ada' });
    expect(look).toMatchObject({ ready: false, notReadyCause: 'identity_paused: holiday' });
  });
});

describe('Relations (S2-16, S2-30, S4-48)', () => {
  it('are answered for each lead, from a reading not older than an hour, with every name seen (F047)', async () => {
    place.linkedIn.connected = [{ names: ['ada', 'ada-2'], connectedAt: later(-hourMs) }];
    place.linkedIn.talks = [
      talk('ada', later(-minuteMs)),
      talk('bob', later(-minuteMs), { fromLead: false }),
    ];
    const leads = ['ada', 'bob', 'eve'].map((leadId) => ({ leadId, names: [leadId] }));
    const { relations } = await checkRelations(place.deps, of(), wanted(leads));
    expect(relations).toEqual([
      {
        leadId: 'ada',
        relation: 'first_degree',
        lastMessageAt: later(-minuteMs),
        lastMessageFromLead: true,
        answeredBefore: true,
        reinviteLockedUntil: '',
        fingerprints: ['ada', 'ada-2'],
      },
      {
        leadId: 'bob',
        relation: 'not_connected',
        lastMessageAt: later(-minuteMs),
        lastMessageFromLead: false,
        answeredBefore: false,
        reinviteLockedUntil: '',
        fingerprints: [],
      },
      {
        leadId: 'eve',
        relation: 'not_connected',
        lastMessageAt: '',
        lastMessageFromLead: false,
        answeredBefore: false,
        reinviteLockedUntil: '',
        fingerprints: [],
      },
    ]);
    const read = place.linkedIn.pagesRead;
    await checkRelations(place.deps, of(), wanted(leads));
    expect(place.linkedIn.pagesRead).toBe(read);
  });

  it('of an unknown identity are refused', async () => {
    const unknown = { tenantId, identityId: 'nobody' };
    await expect(checkRelations(place.deps, unknown, wanted([]))).rejects.toThrow(NotFoundError);
  });
});

describe('An identity', () => {
  it('added twice is the same one', async () => {
    const account = {
      name: 'Maya',
      provider: 'edges',
      accountRef: 'a-1',
      timeZone: 'Europe/Kyiv',
      tier: 'classic',
    };
    const again = await addIdentity(place.deps, { ...account, tenantId }, {});
    expect(again.identityId).toBe(place.identityId);
  });

  it('with wrong input is refused, every field named', async () => {
    const wrong = {
      name: ' ',
      provider: 'x',
      accountRef: '',
      timeZone: 'Mars/Base',
      tier: 'gold',
      tenantId,
    };
    const refusal = addIdentity(place.deps, wrong, {});
    await expect(refusal).rejects.toThrow(InvalidInputError);
    await expect(refusal).rejects.toMatchObject({
      problems: ['/name', '/provider', '/accountRef', '/tier', '/timeZone'].map((path) => ({
        path,
      })),
    });
  });
});
