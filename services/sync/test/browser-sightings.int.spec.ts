import { dayMs, DomainError, hourMs, NotFoundError, plus, type Instant } from '@overture/kernel';
import { checkRelations } from '../src/app/check-relations.js';
import { followLead } from '../src/app/follow-leads.js';
import { addIdentity } from '../src/app/manage-identities.js';
import { reportSighting, type BrowserSighting } from '../src/app/report-sighting.js';
import { syncBeforeSend } from '../src/app/sync-before-send.js';
import { tenantId, world, type World } from './world.js';

let place: World;
let identityId: string;

beforeEach(async () => {
  place = await world();
  const { deps, clock } = place;
  const account = { name: 'Maya', provider: 'companion', accountRef: 'maya-firefox' };
  const added = { ...account, tenantId, timeZone: 'Europe/Kyiv', tier: 'classic' };
  ({ identityId } = await addIdentity(deps, added, {}));
  const lead = { tenantId, identityId, leadId: 'ada', names: ['n-1', 'n-2'], since: clock.now() };
  await deps.database.tenant(tenantId, (tx) => followLead(deps, tx, lead));
  place.pass(hourMs);
});

const report = (what: 'accepted' | 'replied', more: Partial<BrowserSighting> = {}) =>
  reportSighting(place.deps, {
    tenantId,
    identityId,
    leadId: 'ada',
    what,
    at: place.clock.now(),
    messageId: what === 'replied' ? 'm-1' : '',
    ...more,
  });

async function lastFact(type: string) {
  const { rows } = await place.deps.database.worker((tx) =>
    tx.query<{ data: Record<string, unknown> }>(
      'select data from events where type = $1 order by position desc limit 1',
      [type],
    ),
  );
  return rows[0]?.data;
}

const look = () => syncBeforeSend(place.deps, { tenantId, identityId, leadId: 'ada' });

describe("What a customer's own browser saw (F072, S3-02)", () => {
  it('is an acceptance like any other, once (F087)', async () => {
    expect(await look()).toMatchObject({ relation: 'unknown' });
    const at = plus(place.clock.now(), -60_000);
    expect(await report('accepted', { at })).toBe(true);
    expect(await report('accepted', { at })).toBe(false);
    expect(await report('accepted')).toBe(false);
    expect(await place.facts()).toEqual(['AcceptanceSeen']);
    expect(await lastFact('AcceptanceSeen')).toMatchObject({
      identityId,
      leadId: 'ada',
      connectedAt: at,
      witness: 'browser',
    });
    expect(await look()).toMatchObject({ relation: 'first_degree' });
    const { relations } = await checkRelations(
      place.deps,
      { tenantId, identityId },
      { leads: [{ leadId: 'ada', names: ['n-1'] }], assumeConnected: false },
    );
    expect(relations).toMatchObject([{ relation: 'first_degree' }]);
  });

  it('is a reply like any other, once; the look before a send knows it (F085, S4-52)', async () => {
    expect(await report('replied')).toBe(true);
    expect(await report('replied')).toBe(false);
    expect(await place.facts()).toEqual(['ReplySeen']);
    expect(await lastFact('ReplySeen')).toMatchObject({ messageId: 'm-1', witness: 'browser' });
    expect(await look()).toMatchObject({ replied: true });
    place.pass(dayMs);
    expect(await report('replied')).toBe(false);
    place.pass(dayMs);
    expect(await report('replied', { messageId: 'm-2' })).toBe(true);
  });

  it('counts only from the enrollment on (F090)', async () => {
    const before = plus(place.clock.now(), -2 * hourMs);
    expect(await report('replied', { at: before })).toBe(false);
    expect(await report('accepted', { at: before })).toBe(false);
    expect(await place.facts()).toEqual([]);
  });

  it('is never in the future, however the clock of the browser goes', async () => {
    await report('replied', { at: '2099-01-01T00:00:00.000Z' as Instant });
    expect(await lastFact('ReplySeen')).toMatchObject({ sentAt: place.clock.now() });
  });

  it('twice at once is one fact', async () => {
    const told = await Promise.all(Array.from({ length: 8 }, () => report('replied')));
    expect(told.filter(Boolean)).toHaveLength(1);
    expect(await place.facts()).toEqual(['ReplySeen']);
  });

  it('says nothing of somebody nobody enrolled, of another account, or of one that we read', async () => {
    expect(await report('replied', { leadId: 'nobody' })).toBe(false);
    await expect(report('replied', { identityId: 'nobody' })).rejects.toThrow(NotFoundError);
    const other = '00000000-0000-4000-8000-00000000beef';
    await expect(report('replied', { tenantId: other })).rejects.toThrow(NotFoundError);
    const read = report('replied', { identityId: place.identityId });
    await expect(read).rejects.toThrow(DomainError);
    await expect(read).rejects.toMatchObject({ code: 'identity/not-a-companion' });
    expect(await place.facts()).toEqual([]);
  });
});
