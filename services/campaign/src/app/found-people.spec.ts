import { instant } from '@overture/kernel';
import { found } from '../../test/listed-people.js';
import { rowsOf } from './found-people.js';
import type { FoundPerson, SearchRow } from './searches.js';

const at = instant('2026-03-02T10:00:00Z');
const search: SearchRow = {
  searchId: 's-1',
  campaignId: 'c-1',
  identityId: 'i-1',
  searchUrl: 'https://www.linkedin.com/search/results/people/?keywords=x',
  name: 'Heads of sales',
  maxLeads: 10,
  commits: false,
  status: 'reading',
  reason: '',
  nextAt: at,
  cursor: '',
  turns: 4,
  pages: 4,
  people: 30,
  restarts: 0,
  meta: {},
  createdAt: at,
};

const nameOf = (more: Partial<FoundPerson>) => {
  const [row] = rowsOf([found('X', more)], search);
  return [row!.lead.firstName, row!.lead.lastName, row!.problem];
};

describe('Somebody a search found, as a row', () => {
  it('is numbered behind those found before, and says why they were picked (F051, S3-14)', () => {
    const rows = rowsOf([found('Ada'), found('Bea')], search);
    expect(rows.map(({ rowNo }) => rowNo)).toEqual([31, 32]);
    expect(rows[1]!.lead.pickedBecause).toBe('Found by the search "Heads of sales", at place 32.');
  });

  it.each([
    [{ fullName: 'Ada Vale' }, 'Ada', 'Vale'],
    [{ fullName: 'Dr. Ada Maria Vale, PhD' }, 'Ada', 'Maria Vale'],
    [{ fullName: '✨ Ada Vale 🚀' }, 'Ada', 'Vale'],
    [{ fullName: 'Vale, Ada' }, 'Ada', 'Vale'],
    [{ fullName: 'A. V.', firstName: 'Ada', lastName: 'Vale' }, 'Ada', 'Vale'],
    [{ fullName: 'Ada Vale', firstName: 'Ada', lastName: '' }, 'Ada', 'Vale'],
  ])('has the names of %j (F051, S4-64)', (more, firstName, lastName) => {
    expect(nameOf(more)).toEqual([firstName, lastName, '']);
  });

  it('keeps the name as it is shown, and no field that is not (F051, S4-64)', () => {
    const [row] = rowsOf([found('Ada', { fullName: 'Dr.  Ada Vale', location: '' })], search);
    expect(row!.lead.customFields).toEqual({
      full_name: 'Dr. Ada Vale',
      headline: 'Sells things',
      connection_degree: '2nd',
    });
  });

  it('is no lead with half a name, or without an address (F051)', () => {
    expect(nameOf({ fullName: 'Cher' })[2]).toContain('one part only');
    expect(nameOf({ linkedinUrl: '' })[2]).toContain('does not show');
  });
});
