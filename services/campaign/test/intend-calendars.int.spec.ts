import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { IdentityAddedSchema, IdentityPolicySetSchema } from '@overture/contracts';
import { instant, plus, type Instant } from '@overture/kernel';
import type { EventContext } from '@overture/messaging';
import { updateCampaign } from '../src/app/campaigns.js';
import { intendAction } from '../src/app/intend-action.js';
import { getLead } from '../src/app/leads.js';
import { SyncInboxController } from '../src/transport/sync-inbox.controller.js';
import { inScope, launched, monday, person, startWorld, type World } from './world.js';

let world: World;
let inbox: SyncInboxController;
let count = 0;
beforeAll(async () => {
  world = await startWorld();
  inbox = new SyncInboxController(world.ports);
});
beforeEach(() => world.clock.set({ mode: 'virtual', now: monday }));

/** A lead without a zone, whose first message was claimed a moment ago for an identity in Lisbon. */
async function claimed() {
  const identityId = `calendar-${count++}`;
  const added = create(IdentityAddedSchema, {
    identityId,
    tier: 'classic',
    timeZone: 'Europe/Lisbon',
  });
  await told((context) => inbox.onIdentity(added, context));
  const people = [person(`calendar${count}`)];
  const { campaignId, leadIds } = await launched(world, people, { identityIds: [identityId] });
  const { enrollments } = await getLead(world.ports, world.caller, leadIds[0] ?? '');
  const { enrollmentId, nextActionId: actionId } = enrollments[0]!;
  const intend = () => {
    const syncedAt = plus(world.clock.now(), -1_000);
    const intent = { enrollmentId, actionId, epoch: 1, syncedAt };
    return intendAction(world.ports, world.caller, { ...intent, relation: 'first_degree' });
  };
  const decide = (policy: MessageInitShape<typeof IdentityPolicySetSchema>) => {
    const event = create(IdentityPolicySetSchema, { tier: 'classic', ...policy, identityId });
    return told((context) => inbox.onPolicy(event, context));
  };
  return { campaignId, intend, decide };
}

function told(hear: (context: EventContext) => Promise<void>): Promise<void> {
  return inScope(world, (scope) => hear(scope as unknown as EventContext));
}

function clockAt(now: string): void {
  world.clock.set({ mode: 'virtual', now: instant(now) });
}

const tuesday = { weekdays: [2], from: '10:00', until: '12:00' };
const everyDay = { weekdays: [1, 2, 3, 4, 5, 6, 7], from: '00:00', until: '24:00' };
const closed = (rule: string, until: string) => ({
  code: 'window/closed',
  values: { rule, until: until as Instant },
});

describe('An intent asks the calendars of its identity again (F073, F036)', () => {
  it('and is refused outside hours that were set after its claim, until they open', async () => {
    const { intend, decide } = await claimed();
    await decide({ hours: { windows: [tuesday] } });
    await expect(intend()).rejects.toMatchObject(
      closed('identity_window', '2026-03-03T10:00:00.000Z'),
    );
    await expect(intend()).rejects.toThrow("the identity's own working hours in Europe/Lisbon");
    clockAt('2026-03-03T10:00:00.000Z');
    await expect(intend()).resolves.toMatchObject({ kind: 'message' });
  });

  it('and goes once the hours are taken away again', async () => {
    const { intend, decide } = await claimed();
    await decide({ hours: { windows: [tuesday] } });
    await decide({});
    await expect(intend()).resolves.toMatchObject({ kind: 'message' });
  });

  it('and is refused on a holiday of the identity, until its midnight (F037)', async () => {
    const { intend, decide } = await claimed();
    await decide({ holidayRegion: 'PT' });
    clockAt('2026-06-10T12:00:00.000Z');
    await expect(intend()).rejects.toMatchObject(closed('holiday', '2026-06-10T23:00:00.000Z'));
    await expect(intend()).rejects.toMatchObject({ values: { off: 'identity', region: 'PT' } });
  });

  it('and goes on that holiday where the identity works on holidays (F037)', async () => {
    const { intend, decide } = await claimed();
    const hours = { windows: [everyDay], holidays: 'work' };
    await decide({ holidayRegion: 'PT', hours });
    clockAt('2026-06-10T12:00:00.000Z');
    await expect(intend()).resolves.toMatchObject({ kind: 'message' });
  });

  it("as it asks the lead's holidays, here where the campaign's fallback is (F037)", async () => {
    const { intend, campaignId } = await claimed();
    const schedule = { windows: [everyDay], fallbackZone: 'Africa/Addis_Ababa', daysOff: [] };
    await updateCampaign(world.ports, world.caller, {
      campaignId,
      expectedVersion: 0,
      name: '',
      schedule,
    });
    await expect(intend()).rejects.toMatchObject(closed('holiday', '2026-03-02T21:00:00.000Z'));
  });

  it('but leaves room to nobody: a call in the last minute of a window still goes', async () => {
    const { intend, decide } = await claimed();
    await decide({ hours: { windows: [{ ...tuesday, weekdays: [1] }] } });
    clockAt('2026-03-02T11:59:30.000Z');
    await expect(intend()).resolves.toMatchObject({ kind: 'message' });
    const late = await claimed();
    await late.decide({ hours: { windows: [{ ...tuesday, weekdays: [1] }] } });
    clockAt('2026-03-02T12:00:00.000Z');
    await expect(late.intend()).rejects.toMatchObject(
      closed('identity_window', '2026-03-09T10:00:00.000Z'),
    );
  });
});
