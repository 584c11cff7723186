import { dayMs } from '@overture/kernel';
import { ada as accountRef, PretendLinkedIn } from '../test/pretend-linkedin.js';

const knobs = { goneShare: 0, renamedShare: 0, movedShare: 0 };
const profileUrl = 'https://www.linkedin.com/in/grace-vale';
let world: PretendLinkedIn;

beforeAll(async () => {
  world = await PretendLinkedIn.start(knobs);
});
beforeEach(() => world.begin(knobs));

const read = (url = profileUrl) => world.edges.readProfile({ accountRef, profileUrl: url });
const fix = (habits: object) => world.sim('POST', 'people', { people: [{ profileUrl, habits }] });

describe('A profile on the pretend LinkedIn (F050)', () => {
  it('shows who somebody is and where they work, and stands in the ledger', async () => {
    const profile = await read();
    expect(profile).toMatchObject({
      fullName: 'Grace Vale',
      profileUrl,
      headline: `${profile.jobTitle} at ${profile.companyName}`,
      location: expect.any(String),
      connectionDegree: expect.stringMatching(/^[12]/),
      ids: { memberId: expect.stringMatching(/^ACo/), handle: 'grace-vale' },
    });
    expect(await world.ledger('profile')).toMatchObject([{ profileUrl }]);
  });

  it('shows the new company of who moved', async () => {
    await fix({ movesAfterMs: 3 * dayMs });
    const before = await read();
    await world.pass(2 * dayMs);
    expect(await read()).toEqual(before);
    await world.pass(dayMs);
    const after = await read();
    expect(after.companyName).not.toBe(before.companyName);
    expect(after.ids).toEqual(before.ids);
  });

  it('is behind the id after a new handle, and nobody behind the old one (F047)', async () => {
    await fix({ renamesAfterMs: dayMs });
    const { ids } = await read();
    await world.pass(2 * dayMs);
    await expect(read()).rejects.toMatchObject({ label: 'PROFILE_NOT_ACCESSIBLE' });
    const renamed = await read(`https://www.linkedin.com/in/${ids.memberId}`);
    expect(renamed.ids.memberId).toBe(ids.memberId);
    expect(renamed.profileUrl).not.toBe(profileUrl);
  });

  it('of who is gone is refused, and costs nothing (S4-33)', async () => {
    await fix({ gone: true });
    await expect(read()).rejects.toMatchObject({ label: 'PROFILE_NOT_ACCESSIBLE' });
    expect(await world.ledger('profile')).toEqual([]);
  });
});
