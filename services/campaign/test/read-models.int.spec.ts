import { stopLead } from '../src/app/control-lead.js';
import { rebuildViews } from '../src/app/rebuild-views.js';
import {
  inScope,
  launched,
  newCampaign,
  people,
  sharingPeople,
  startWorld,
  type World,
} from './world.js';
import { accepted, sendingIn } from './sending.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  world = await sharingPeople(world);
});

const { act } = sendingIn(() => world);

describe('The read models', () => {
  it('equal the fold of their events (I13)', async () => {
    const { leadIds, campaignId } = await launched(world, people(4, 'rebuild'));
    await act(leadIds[0]!, accepted);
    await act(leadIds[1]!, { type: 'rejected', label: 'PROFILE_NOT_ACCESSIBLE' });
    const control = { leadId: leadIds[2]!, enrollmentId: '', reason: 'enough' };
    await stopLead(world.ports, world.caller, control);
    await newCampaign(world, { type: 'connector' });
    const tables = ['campaigns', 'sequences', 'enrollments', 'actions'];
    const live = await dump(tables);
    await inScope(world, async ({ tx, tenantId }) => {
      for (const table of tables)
        await tx.query(`delete from ${table} where tenant_id = $1`, [tenantId]);
    });
    // Two campaigns, four leads in one of them, and the rules of the workspace.
    expect(await rebuildViews(world.ports, world.caller)).toBe(7);
    expect(await dump(tables)).toEqual(live);
    expect(live['actions']).toHaveLength(12);
    expect(campaignId).not.toBe('');
  });

  async function dump(tables: readonly string[]): Promise<Record<string, unknown[]>> {
    const dumped: Record<string, unknown[]> = {};
    for (const table of tables) {
      const { rows } = await inScope(world, ({ tx, tenantId }) =>
        tx.query<{ row: object }>(
          `select to_jsonb(t) as row from ${table} t where tenant_id = $1 order by to_jsonb(t)::text`,
          [tenantId],
        ),
      );
      dumped[table] = rows.map(({ row }) => row);
    }
    return dumped;
  }
});
