import { dayMs, hourMs, instant, minuteMs, plus, TransientError } from '@overture/kernel';
import { ProviderRejection } from '@overture/providers';
import { controlIdentity } from '../src/app/manage-identities.js';
import type { LookUp } from '../src/app/look-up.js';
import type { SeenPage } from '../src/app/ports.js';
import { readBudgets } from '../src/app/read-turns.js';
import { searchPeople } from '../src/app/search-people.js';
import { start, tenantId, world, type World } from './world.js';

let scene: World;
beforeEach(async () => {
  scene = await world();
});

const searchUrl = 'https://www.linkedin.com/search/results/people/?keywords=cto';
const of = () => ({ tenantId, identityId: scene.identityId });
const search = (cursor = '') => searchPeople(scene.deps, of(), { searchUrl, cursor });
const refuses = (more: ConstructorParameters<typeof ProviderRejection>[0]) => {
  scene.linkedIn.failure = new ProviderRejection(more);
};

async function next(): Promise<LookUp<SeenPage>> {
  const asked = await search();
  if ('nextAt' in asked) scene.clock.set({ mode: 'virtual', now: asked.nextAt });
  return asked;
}

describe('What an identity looks up for others', () => {
  it('is read a page at a time, and passes cursor and page on (F051)', async () => {
    const found = { people: [], nextCursor: 'after-two' };
    expect(await search('two')).toMatchObject({ outcome: 'read', found });
    expect(scene.linkedIn.searched).toEqual(['two']);
  });

  it('is paced like a person: who asks sooner waits, at a moment that is told (F051)', async () => {
    const first = await search();
    const second = await search();
    expect(second).toMatchObject({ outcome: 'wait', cause: 'pace' });
    expect('nextAt' in second && 'nextAt' in first && second.nextAt).toBe(
      'nextAt' in first && first.nextAt,
    );
    expect('nextAt' in second && second.nextAt > plus(start, 19_000)).toBe(true);
    expect(scene.linkedIn.searched).toHaveLength(1);
  });

  it('is one call at a time, however many ask at once (F051)', async () => {
    const asked = await Promise.all([search(), search(), search(), search()]);
    expect(asked.filter(({ outcome }) => outcome === 'read')).toHaveLength(1);
    expect(scene.linkedIn.searched).toHaveLength(1);
  });

  it('costs one of a hundred pages in rolling 24 hours, which everybody can see (F051)', async () => {
    for (let read = 0; read < 100; read++) expect((await next()).outcome).toBe('read');
    const freeAt = plus(start, dayMs);
    const used = { kind: 'search', used: 100, limit: 100, freeAt };
    const unused = { kind: 'profile', used: 0, limit: 80 };
    expect(await readBudgets(scene.deps, of())).toEqual([used, unused]);
    expect(await next()).toEqual({ outcome: 'wait', cause: 'budget', nextAt: freeAt });
    expect((await next()).outcome).toBe('read');
    expect(scene.linkedIn.searched).toHaveLength(101);
  });

  it('costs nothing when the provider refused it, and waits as long as it said (F051)', async () => {
    const postponedUntil = instant('2026-03-03T08:00:00Z');
    refuses({ label: 'LIMIT_REACHED', detail: '', postponedUntil });
    expect(await search()).toEqual({ outcome: 'wait', cause: 'limit', nextAt: postponedUntil });
    expect(await readBudgets(scene.deps, of())).toMatchObject([{ used: 0 }, { used: 0 }]);
  });

  it('waits out a burst, too (F051)', async () => {
    refuses({ label: 'STATUS_429', detail: '', retryAfterMs: 10 * minuteMs });
    const nextAt = plus(start, 10 * minuteMs);
    expect(await search()).toEqual({ outcome: 'wait', cause: 'limit', nextAt });
  });

  it('counts when nobody knows whether it was read (F051)', async () => {
    scene.linkedIn.failure = new TransientError('reset');
    expect(await search()).toMatchObject({ outcome: 'wait', cause: 'provider' });
    expect(await readBudgets(scene.deps, of())).toMatchObject([{ used: 1 }, { used: 0 }]);
  });

  it('finds a lost login, states it as a fact, and asks nobody until it is back (F051, S4-34)', async () => {
    refuses({ label: 'AUTH_EXPIRED', detail: '' });
    const nextAt = plus(start, 6 * hourMs);
    expect(await search()).toEqual({ outcome: 'wait', cause: 'login', nextAt });
    expect(await scene.facts()).toEqual(['LoginExpired']);
    scene.pass(hourMs);
    expect(await search()).toMatchObject({ cause: 'login' });
    expect(scene.linkedIn.searched).toHaveLength(1);
  });

  it('rests with a paused identity (F051)', async () => {
    const data = { cause: 'holiday', at: start };
    await controlIdentity(scene.deps, { ...of(), meta: {} }, { type: 'PauseIdentity', data });
    expect(await search()).toMatchObject({ outcome: 'wait', cause: 'identity_paused' });
    expect(scene.linkedIn.searched).toEqual([]);
  });

  it.each([
    ['', 'INVALID_INPUT', 'search'],
    ['old', 'INVALID_INPUT', 'cursor'],
    ['', 'PLAN_REQUIRED', 'plan'],
    ['', 'ACCOUNT_RESTRICTED', 'restricted'],
  ] as const)(
    'with cursor "%s" is refused for good on %s: %s (F051)',
    async (cursor, label, cause) => {
      refuses({ label, detail: '' });
      expect(await search(cursor)).toEqual({ outcome: 'refused', cause });
    },
  );

  it('is taken up by another when the process that read it died (F051)', async () => {
    scene.linkedIn.failure = new Error('killed');
    await expect(search()).rejects.toThrow('killed');
    scene.linkedIn.failure = undefined;
    const held = await search();
    expect(held).toEqual({ outcome: 'wait', cause: 'pace', nextAt: plus(start, 2 * minuteMs) });
    scene.pass(2 * minuteMs);
    expect((await search()).outcome).toBe('read');
  });
});
