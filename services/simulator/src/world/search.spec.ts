import { defaultKnobs } from './knobs.js';
import { namesOf } from './names.js';
import { criteriaIn } from './search-address.js';
import { hitsOf } from './search.js';

const world = { seed: 'a-seed', knobs: { ...defaultKnobs, searchHits: [400, 400] as const } };
const handles = (criteria: string, seed = world.seed) =>
  hitsOf({ ...world, seed }, criteria).map(({ handle }) => handle);

describe('What a search finds (F051)', () => {
  it('is fixed by the seed and by what is searched for', () => {
    expect(handles('?keywords=cto')).toEqual(handles('?keywords=cto'));
    expect(handles('?keywords=cto')).not.toEqual(handles('?keywords=ceo'));
    expect(handles('?keywords=cto')).not.toEqual(handles('?keywords=cto', 'another'));
  });

  it('is nobody twice', () => {
    expect(new Set(handles('?keywords=cto')).size).toBe(400);
  });

  it('are people with a first and a last name', () => {
    for (const handle of handles('?keywords=cto').slice(0, 50)) {
      const { firstName, lastName } = namesOf(world.seed, handle);
      expect([firstName, lastName].join('-').toLowerCase()).toBe(handle.replace(/-0[^-]+$/, ''));
    }
  });

  it('hides a share of them', () => {
    const knobs = { ...world.knobs, searchHiddenShare: 0.25 };
    const hidden = hitsOf({ ...world, knobs }, '?keywords=cto').filter((hit) => hit.hidden);
    expect(hidden.length).toBeGreaterThan(60);
    expect(hidden.length).toBeLessThan(140);
  });
});

describe('The address of a search, as the vendor reads it (F051)', () => {
  const linkedIn = 'linkedin-search-people';
  const sales = 'salesnavigator-search-people';

  it.each([
    [linkedIn, 'https://www.linkedin.com/search/results/people/?keywords=x', '?keywords=x'],
    [linkedIn, 'https://de.linkedin.com/search/results/people/?keywords=x', '?keywords=x'],
    [sales, 'https://www.linkedin.com/sales/search/people?query=(x)', '?query=(x)'],
    [linkedIn, 'https://www.linkedin.com/search/results/people/', undefined],
    [linkedIn, 'http://www.linkedin.com/search/results/people/?keywords=x', undefined],
    [linkedIn, 'https://www.linkedin.com/sales/search/people?query=(x)', undefined],
    [sales, 'https://www.linkedin.com/search/results/people/?keywords=x', undefined],
    ['linkedin-me', 'https://www.linkedin.com/search/results/people/?keywords=x', undefined],
    [linkedIn, 7, undefined],
  ])('%s of %s', (action, address, criteria) => {
    expect(criteriaIn(action, address)).toBe(criteria);
  });
});
