import { dayMs, hourMs, plus, type Instant } from '@overture/kernel';
import { defaultLimits, defaultSchedule } from '@overture/policy';
import { branching } from '../../test/branching.js';
import { Life } from '../../test/life.js';
import { connector, ref } from '../../test/story.js';
import type { Planning } from '../enrollment/commands.js';
import type { EnrollmentEvent } from '../enrollment/events.js';
import { play } from './play.js';
import type { Answers, KnownLead, World } from './world.js';

const nobody: Answers = {
  accepts: () => undefined,
  repliesAfterMs: () => undefined,
  approvesAfterMs: () => undefined,
};

function worldOf(life: Life, planning: Planning, over: Partial<KnownLead> = {}): World {
  const { state, at: now } = life;
  const gate = { open: true };
  const { campaignId, identityId } = ref;
  const limits = { profile: defaultLimits };
  const known = { zone: 'Etc/UTC', gate, limits, uses: [], holds: [] };
  return {
    now,
    identities: [{ identityId, ...known }],
    campaigns: [{ campaignId, gate, schedule: defaultSchedule, holidays: new Map() }],
    leads: [{ ...ref, state, planning, relation: 'not_connected', ...over }],
  };
}

/** What happens in the weeks to come, and where the lead stands at their end. */
function played(world: World, answers: Partial<Answers>) {
  const events: EnrollmentEvent[] = [];
  const until = plus(world.now, 60 * dayMs);
  const watcher = { onEvent: (_: unknown, event: EnrollmentEvent) => events.push(event) };
  const generator = play(world, { ...nobody, ...answers }, until, watcher);
  for (;;) {
    const { done, value } = generator.next();
    if (done) return { events, status: value[0]?.state.status };
  }
}

const timeOf = (events: readonly EnrollmentEvent[], type: string): Instant | undefined =>
  events.find((event) => event.type === type)?.data.at;

describe('A draft that is open when a forecast begins (F044, F069)', () => {
  const open = () => {
    const life = new Life().begin('first_degree');
    return life.later(2 * dayMs);
  };
  const within = { approvesAfterMs: () => 36 * hourMs };

  it('is approved so long from then on as those to come, and sent', () => {
    const world = worldOf(open(), branching);
    const { events, status } = played(world, within);
    expect(timeOf(events, 'DraftApproved')).toBe(plus(world.now, 36 * hourMs));
    expect(status).toBe('completed');
  });

  it('expires where nobody approves, or nobody can', () => {
    expect(played(worldOf(open(), branching), {}).status).toBe('halted');
    const wordless = worldOf(open(), branching, { unapprovable: true });
    expect(played(wordless, within).status).toBe('halted');
  });
});

describe('An invitation that is open when a forecast begins (F044, F013)', () => {
  const accepts = (days: number) => ({
    accepts: () => ({ afterMs: days * dayMs, seenAfterMs: days * dayMs }),
  });
  const invited = () => new Life(connector).invite().later(5 * dayMs);

  it('is accepted when its lead would accept, counted from when it was sent', () => {
    const world = worldOf(invited(), connector);
    const { events, status } = played(world, accepts(9));
    expect(timeOf(events, 'InvitationAccepted')).toBe(plus(world.now, 4 * dayMs));
    expect(status).toBe('completed');
  });

  it('is accepted by nobody who would have accepted by now', () => {
    expect(played(worldOf(invited(), connector), accepts(3)).status).toBe('expired');
  });

  it('may be one that somebody else sent', () => {
    const life = new Life(connector).begin('pending');
    const { events } = played(worldOf(life, connector), accepts(2));
    expect(timeOf(events, 'InvitationAccepted')).toBe(plus(life.at, 2 * dayMs));
  });
});

describe('The look before the first step, in a forecast (F044)', () => {
  const fresh = (over: Partial<KnownLead>) => {
    const life = new Life(connector);
    const version = { sequenceVersion: 1, fingerprints: ['f-1'] };
    life.do('EnrollLead', { ...ref, campaignType: 'connector', ...version });
    return played(worldOf(life, connector, over), {});
  };

  it('finds what other campaigns know of the lead', () => {
    expect(fresh({}).status).toBe('expired');
    expect(fresh({ relation: 'first_degree' }).status).toBe('completed');
    expect(fresh({ look: { passOver: 'person/worked-elsewhere' } }).status).toBe('skipped');
    const { events } = fresh({ look: { reinviteLockedUntil: plus(new Life().at, 9 * dayMs) } });
    const invitation = events.find(
      (event) => event.type === 'ActionSucceeded' && event.data.kind === 'connect',
    );
    expect(invitation!.data.at >= plus(new Life().at, 9 * dayMs)).toBe(true);
  });
});
