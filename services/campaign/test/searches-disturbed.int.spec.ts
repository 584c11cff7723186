import { dayMs, hourMs, minuteMs, plus, TransientError } from '@overture/kernel';
import { loseLogin, restoreLogin } from '../src/app/identity-gates.js';
import { readSearches } from '../src/app/run-searches.js';
import { names, SearchStage } from './search-stage.js';
import { inScope, later, replaced } from './world.js';

const stage = new SearchStage();

describe('A search that is disturbed', () => {
  it('waits out a limit and goes on with the next page (F051)', async () => {
    const { search, clock } = stage.world;
    const name = await stage.begin();
    await stage.read(1);
    const nextAt = plus(clock.now(), 5 * hourMs);
    search.instead.push({ outcome: 'wait', cause: 'limit', nextAt });
    await stage.read(1);
    expect(await stage.view(name)).toMatchObject({
      status: 'reading',
      reason: 'limit',
      nextAt,
      pages: 1,
    });
    await stage.read();
    expect(search.asked).toEqual(['', '2', '2', '4', '6']);
    expect(await stage.view(name)).toMatchObject({ reason: 'complete', people: 8 });
  });

  it('pauses with a lost login and resumes exactly where it was, when it is back (F051, S4-53)', async () => {
    const { ports, search, clock } = stage.world;
    const name = await stage.begin();
    await stage.read(1);
    const lost = { identityId: 'identity-1', generation: 1 };
    await inScope(stage.world, (scope) => loseLogin(ports, scope, lost));
    const nextAt = plus(clock.now(), 6 * hourMs);
    search.instead.push({ outcome: 'wait', cause: 'login', nextAt });
    await readSearches(ports);
    expect(await stage.view(name)).toMatchObject({ reason: 'login', nextAt, cursor: '2' });
    later(stage.world, hourMs);
    await readSearches(ports);
    expect(search.asked).toHaveLength(2);
    await inScope(stage.world, (scope) => restoreLogin(ports, scope, { ...lost, generation: 2 }));
    await stage.read();
    expect(search.asked).toEqual(['', '2', '2', '4', '6']);
    expect(await stage.view(name)).toMatchObject({ reason: 'complete', people: 8 });
  });

  it('asks again soon when the login came back before anybody had written that it waits (F051)', async () => {
    const { ports, search, clock } = stage.world;
    const name = await stage.begin();
    search.instead.push({ outcome: 'wait', cause: 'login', nextAt: plus(clock.now(), 6 * hourMs) });
    await readSearches(ports);
    expect((await stage.view(name)).nextAt).toBe(plus(clock.now(), minuteMs));
  });

  it('keeps page and cursor together: a process that dies in between repeats the page and nobody (F051, P1)', async () => {
    const name = await stage.begin();
    await stage.read(1);
    const { ports } = stage.world;
    const dying = replaced(ports, {
      searches: replaced(ports.searches, { change: () => Promise.reject(new Error('killed')) }),
    });
    await expect(readSearches(dying)).rejects.toThrow('killed');
    expect(await stage.view(name)).toMatchObject({ people: 3, cursor: '2', importable: 3 });
    await stage.read();
    expect(stage.world.search.asked).toEqual(['', '2', '2', '4', '6']);
    expect(await stage.verdicts(name)).toEqual(names.map((_, at) => [at + 1, 'importable', '']));
  });

  it('read by two processes at once keeps each page once (F051)', async () => {
    const name = await stage.begin();
    for (let round = 0; round < 12; round++) {
      await Promise.all([readSearches(stage.world.ports), readSearches(stage.world.ports)]);
      later(stage.world, 30_000);
    }
    expect(await stage.view(name)).toMatchObject({ reason: 'complete', people: 8, pages: 4 });
    expect(stage.world.search.asked).toHaveLength(4);
  });

  it('begins again when its cursor has died, and knows whom it has found (F051)', async () => {
    const name = await stage.begin();
    await stage.read(2);
    expect(stage.world.search.asked).toEqual(['', '2']);
    later(stage.world, dayMs);
    await stage.read();
    expect(stage.world.search.asked.slice(2)).toEqual(['', '2', '4', '6']);
    expect(await stage.view(name)).toMatchObject({ reason: 'complete', people: 8, importable: 8 });
  });

  it('begins again when the provider takes the cursor no more, but not for ever (F051)', async () => {
    const { search } = stage.world;
    const name = await stage.begin();
    await stage.read(1);
    search.instead.push({ outcome: 'refused', cause: 'cursor' });
    await stage.read(1);
    expect(await stage.view(name)).toMatchObject({
      status: 'reading',
      reason: 'cursor',
      cursor: '',
    });
    for (let page = 0; page < 3; page++) {
      search.instead.push({ outcome: 'refused', cause: 'cursor' });
    }
    await stage.read();
    expect(await stage.view(name)).toMatchObject({ status: 'ended', reason: 'cursor', people: 3 });
  });

  it.each([
    ['input', { outcome: 'refused', cause: 'search' } as const, 'search'],
    ['plan', { outcome: 'refused', cause: 'plan' } as const, 'plan'],
    ['account', { outcome: 'refused', cause: 'restricted' } as const, 'restricted'],
  ])(
    'ends when LinkedIn refuses the %s; whom it found may still be taken (F051)',
    async (_, answer, reason) => {
      const name = await stage.begin({ commit: true });
      await stage.read(1);
      stage.world.search.instead.push(answer);
      await stage.read();
      expect(await stage.view(name)).toMatchObject({
        reason,
        importable: 3,
        importStatus: 'checked',
      });
    },
  );

  it('ends when the provider goes in a circle; whom it found may still be taken (F051)', async () => {
    const { search, clock } = stage.world;
    const name = await stage.begin({ commit: true });
    const nextAt = plus(clock.now(), minuteMs);
    const people = search.found.slice(0, 2);
    const page = { outcome: 'read', people, nextCursor: 'x', nextAt } as const;
    search.instead.push(page, page);
    await stage.read();
    expect(search.asked).toEqual(['', 'x']);
    expect(await stage.view(name)).toMatchObject({
      reason: 'endless',
      people: 2,
      importStatus: 'checked',
    });
  });

  it('tries again when nobody answers (F051)', async () => {
    stage.world.search.instead.push(new TransientError('no answer'));
    const name = await stage.begin();
    await stage.read(1);
    expect(await stage.view(name)).toMatchObject({
      status: 'reading',
      reason: 'provider',
      pages: 0,
    });
    await stage.read();
    expect(await stage.view(name)).toMatchObject({ reason: 'complete', people: 8 });
  });
});
