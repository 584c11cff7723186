import { dayMs, hourMs, minuteMs, plus } from '@overture/kernel';
import { checkRelations } from '../src/app/check-relations.js';
import { ownMessageSent } from '../src/app/follow-leads.js';
import { addIdentity, connectIdentity } from '../src/app/manage-identities.js';
import { doubtLoginOf } from '../src/app/report-login.js';
import { syncBeforeSend } from '../src/app/sync-before-send.js';
import { invitationWithdrawn } from '../src/app/sweep-invitations.js';
import { start, talk, tenantId, wanted, world, type World } from './world.js';

let place: World;

beforeEach(async () => {
  place = await world();
});

const of = () => ({ tenantId, identityId: place.identityId });
const later = (ms: number) => plus(start, ms);
const invitation = (name: string, sentAt = later(-dayMs)) => ({
  names: [name],
  invitationId: `i-${name}`,
  sentAt,
});
const sweepLater = async () => {
  place.pass(5 * hourMs);
  await place.sweep();
};
const relationOf = async (leadId: string) => {
  const { relations } = await checkRelations(
    place.deps,
    of(),
    wanted([{ leadId, names: [leadId] }]),
  );
  return relations[0];
};
const identity = () =>
  place.deps.database.tenant(tenantId, (tx) => place.deps.identities.find(tx, of()));

describe('Open invitations (F014, S4-32)', () => {
  it('make the relation pending, and are counted for the identity', async () => {
    place.linkedIn.invited = [invitation('ada'), invitation('bob')];
    place.linkedIn.left = { inmailCredits: 5, notesLeft: 2 };
    expect(await relationOf('ada')).toMatchObject({ relation: 'pending' });
    expect((await identity()).allowances).toEqual({
      pendingInvitations: 2,
      inmailCredits: 5,
      notesLeft: 2,
    });
  });

  it('are gone once they were missing twice, and the person is locked for three weeks', async () => {
    await place.follow('ada');
    place.linkedIn.invited = [invitation('ada'), invitation('bob')];
    await place.sweep();
    place.linkedIn.invited = [invitation('bob')];
    await sweepLater();
    expect(await place.facts()).toEqual([]);
    await sweepLater();
    expect(await place.facts()).toEqual(['InvitationGone']);
    await sweepLater();
    expect(await place.facts()).toEqual(['InvitationGone']);
    expect(await relationOf('ada')).toMatchObject({
      relation: 'not_connected',
      reinviteLockedUntil: later(10 * hourMs + 21 * dayMs),
    });
  });

  it('that slipped between two pages come back as if nothing was', async () => {
    await place.follow('ada');
    place.linkedIn.invited = [invitation('ada')];
    await place.sweep();
    place.linkedIn.invited = [];
    await sweepLater();
    place.linkedIn.invited = [invitation('ada')];
    await sweepLater();
    place.linkedIn.invited = [];
    await sweepLater();
    expect(await place.facts()).toEqual([]);
  });

  it('that were accepted are not gone', async () => {
    await place.follow('ada');
    place.linkedIn.invited = [invitation('ada')];
    await place.sweep();
    place.linkedIn.invited = [];
    place.linkedIn.connected = [{ names: ['ada'], connectedAt: later(hourMs) }];
    await sweepLater();
    await sweepLater();
    expect(await place.facts()).toEqual(['AcceptanceSeen']);
  });

  it('withdrawn by the product are gone at once, and are not missed later', async () => {
    await place.follow('ada');
    place.linkedIn.invited = [invitation('ada')];
    await place.sweep();
    place.linkedIn.invited = [];
    const withdrawn = { ...of(), leadId: 'ada', at: later(hourMs), meta: {} };
    const once = () =>
      place.deps.database.tenant(tenantId, (tx) => invitationWithdrawn(place.deps, tx, withdrawn));
    await once();
    expect(await place.facts()).toEqual(['InvitationGone']);
    await sweepLater();
    await sweepLater();
    expect(await place.facts()).toEqual(['InvitationGone']);
    expect(await relationOf('ada')).toMatchObject({
      reinviteLockedUntil: later(hourMs + 21 * dayMs),
    });
  });
});

describe('A reply above a message of our own (F086, F090)', () => {
  const answeredByHand = () => {
    place.linkedIn.talks = [talk('ada', later(20 * minuteMs), { fromLead: false, id: 'by-hand' })];
    place.linkedIn.threads.set('t-ada', [
      { messageId: 'by-hand', at: later(20 * minuteMs), fromLead: false },
      { messageId: 'answer', at: later(10 * minuteMs), fromLead: true },
      { messageId: 'ours', at: later(minuteMs), fromLead: false },
    ]);
  };

  it('is found when somebody answered by hand below it', async () => {
    await place.follow('ada');
    answeredByHand();
    place.pass(hourMs);
    await place.sweep();
    await sweepLater();
    expect(await place.facts()).toEqual(['ReplySeen']);
    expect(place.linkedIn.threadsRead).toBe(1);
    expect(await relationOf('ada')).toMatchObject({
      answeredBefore: true,
      lastMessageFromLead: false,
    });
  });

  it('stops a send in the second before it (S4-52)', async () => {
    await place.follow('ada');
    answeredByHand();
    place.pass(hourMs);
    const look = await syncBeforeSend(place.deps, { ...of(), leadId: 'ada' });
    expect(look).toMatchObject({ replied: true });
  });

  it('is not looked for below what the product sent', async () => {
    await place.follow('ada');
    answeredByHand();
    await place.deps.database.tenant(tenantId, (tx) =>
      ownMessageSent(place.deps, tx, { ...of(), messageId: 'by-hand' }),
    );
    await place.sweep();
    expect(place.linkedIn.threadsRead).toBe(0);
  });

  it('is not looked for in what strangers were told', async () => {
    answeredByHand();
    await place.sweep();
    expect(place.linkedIn.threadsRead).toBe(0);
  });
});

describe('Who ever answered (F057)', () => {
  it('is known from the messages the account got, whoever wrote last', async () => {
    place.linkedIn.talks = [
      { ...talk('ada', later(-dayMs), { fromLead: false }), received: 3 },
      talk('bob', later(-dayMs), { fromLead: false }),
    ];
    expect(await relationOf('ada')).toMatchObject({ answeredBefore: true });
    expect(await relationOf('bob')).toMatchObject({ answeredBefore: false });
  });
});

describe('The account of a browser companion (F072, S3-02)', () => {
  it('is read by nobody, and asks for no login', async () => {
    const account = { provider: 'companion', accountRef: 'maya', tier: 'classic' };
    const { identityId } = await addIdentity(
      place.deps,
      { ...account, name: 'Maya', timeZone: 'Europe/Kyiv', tenantId },
      {},
    );
    await place.sweep();
    const read = place.linkedIn.pagesRead;
    const its = { tenantId, identityId };
    const ada = { leadId: 'ada', names: ['ada'] };
    const assumed = { leads: [ada], assumeConnected: true };
    const { relations } = await checkRelations(place.deps, its, assumed);
    expect(relations).toMatchObject([{ relation: 'first_degree' }]);
    const asked = await checkRelations(place.deps, its, wanted([ada]));
    expect(asked.relations).toMatchObject([{ relation: 'not_connected' }]);
    expect(await syncBeforeSend(place.deps, { ...its, leadId: 'ada' })).toMatchObject({
      ready: true,
      relation: 'unknown',
      provider: 'companion',
    });
    await sweepLater();
    expect(place.linkedIn.pagesRead - read).toBeLessThanOrEqual(4);
  });

  it('is paused when its browser says the login is lost, until its owner logs in again (S4-09, S4-34)', async () => {
    const account = { provider: 'companion', accountRef: 'eve', tier: 'classic' };
    const { identityId } = await addIdentity(
      place.deps,
      { ...account, name: 'Eve', timeZone: 'Europe/Kyiv', tenantId },
      {},
    );
    const its = { tenantId, identityId };
    await place.deps.database.tenant(tenantId, (tx) => doubtLoginOf(place.deps, tx, its));
    expect(await syncBeforeSend(place.deps, { ...its, leadId: 'ada' })).toMatchObject({
      ready: false,
      notReadyCause: 'auth_expired',
    });
    const { loginUrl } = await connectIdentity(place.deps, its);
    expect(loginUrl).toBe('https://www.linkedin.com/login');
    expect(await place.facts()).toEqual(['LoginExpired', 'LoginRestored']);
  });
});
