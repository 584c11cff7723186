import { listLeads } from '../src/app/leads.js';
import { otherWorkspace, people, person, settle, startWorld, type World } from './world.js';
import { importingInto, rowsOf } from './importing.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world = otherWorkspace(world);
});

const { begin, append, finishAndCommit } = importingInto(() => world);

describe('Hostile rows', () => {
  it('are rejected or stored as they are: nothing breaks, nothing is executed', async () => {
    const hostile = [
      person('Nul', { title: 'a\u0000b' }),
      person('Half', { title: 'half \ud83d' }),
      person('Quote', { title: `'); drop table leads; --` }),
      person('Formula', { title: '=cmd|calc' }),
      person('Emoji', { firstName: '👩‍🚀', lastName: 'مرحبا' }),
      person('Long', { title: 'x'.repeat(3_000) }),
      person('Wide', {
        customFields: Object.fromEntries(people(60).map((_, i) => [`c${i}`, 'x'])),
      }),
      person('Key', { customFields: { 'a\u0000': 'x' } }),
      person('Proto', { customFields: JSON.parse('{"__proto__":"x","constructor":"y"}') as never }),
      person('Brace', { firstName: '{company_name}' }),
    ];
    const importId = await begin();
    const verdicts = await append(importId, 0, rowsOf(hostile));
    expect(verdicts.map(({ verdict }) => verdict)).toEqual([
      'rejected',
      'rejected',
      'importable',
      'importable',
      'importable',
      'rejected',
      'rejected',
      'rejected',
      'importable',
      'importable',
    ]);
    await finishAndCommit(importId);
    await settle(world);
    const wanted = { limit: 10, cursor: '', campaignId: '', status: '' };
    const { items } = await listLeads(world.ports, world.caller, wanted);
    expect(items.map(({ title }) => title)).toContain(`'); drop table leads; --`);
    expect(items.find(({ firstName }) => firstName === '👩‍🚀')?.lastName).toBe('مرحبا');
  });

  it('of a batch without line numbers of their own are refused together', async () => {
    const importId = await begin();
    const rows = [...rowsOf([person('A')]), ...rowsOf([person('B')])];
    await expect(append(importId, 0, rows)).rejects.toMatchObject({ code: 'input/invalid' });
  });
});
