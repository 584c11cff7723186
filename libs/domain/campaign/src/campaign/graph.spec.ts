import { dayMs } from '@overture/kernel';
import { branchingSequence } from '../../test/branching.js';
import { adviseHours } from './advice.js';
import { checkSequence } from './check-sequence.js';
import type { Branch, CampaignType, Step } from './sequence.js';

const step = (kind: Step['kind'], over: Partial<Step> = {}): Step => {
  const texts: Partial<Record<Step['kind'], string>> = {
    message: 'Hi',
    inmail: 'Hi',
    comment: 'Hi',
    task: 'Call',
  };
  return { kind, delayMs: 0, text: texts[kind] ?? '', ...over };
};
const accepted = (over: Partial<Branch> = {}): Step =>
  step('branch', {
    id: 'accepted',
    branch: { when: 'accepted_within', days: 14, yes: 'hello', no: 'end', ...over } as Branch,
  });
const invite = step('connect', { id: 'invite' });
const hello = step('message', { id: 'hello' });

function problems(steps: readonly Step[], type: CampaignType = 'connector') {
  return checkSequence(type, { steps }).problems;
}

const paths = (steps: readonly Step[], type: CampaignType = 'connector') =>
  problems(steps, type).map(({ path }) => path);

describe('A sequence with branches', () => {
  it('is proven to end on every path (F012, F013)', () => {
    expect(problems(branchingSequence.steps)).toEqual([]);
    expect(problems([invite, accepted(), hello])).toEqual([]);
  });

  it('needs both ways: without a no-path leads would end in silence (P10)', () =>
    expect(problems([invite, accepted({ no: '' }), hello])).toEqual([
      { path: '/steps/1/branch/no', message: 'Both ways are needed: a step id or "end".' },
    ]));

  it('names the steps whose path never ends (P10)', () => {
    const back = step('wait', { id: 'wait', next: 'accepted' });
    expect(
      problems(
        [invite, accepted({ no: 'wait' }), hello, back].toSpliced(2, 1, { ...hello, next: 'end' }),
      ),
    ).toEqual([
      { path: '/steps/1', message: 'Step "accepted" comes back to itself: this path never ends.' },
      { path: '/steps/3', message: 'Step "wait" comes back to itself: this path never ends.' },
    ]);
  });

  it('names ways that lead nowhere and steps nothing leads to', () => {
    expect(paths([invite, accepted({ yes: 'helo' }), hello])).toEqual(['/steps/1/branch/yes']);
    expect(paths([invite, accepted({ yes: 'end' }), hello])).toEqual(['/steps/2']);
    expect(paths([invite, { ...step('task'), next: 'nowhere' }])).toEqual(['/steps/1/next']);
  });

  it('has names of its own for each step', () => {
    expect(paths([invite, { ...hello, id: 'invite' }])).toEqual(['/steps/1/id']);
    expect(paths([{ ...invite, id: 'end' }])).toEqual(['/steps/0/id']);
    expect(paths([{ ...invite, id: 's2' }, step('task')])).toEqual(['/steps/1/id']);
  });

  it('has one invitation on a path, messages only to whom it may reach (I6)', () => {
    expect(paths([invite, accepted(), hello, { ...invite, id: 'again' }])).toEqual([
      '/steps/3/kind',
    ]);
    expect(paths([invite, accepted({ yes: 'end', no: 'hello' }), hello])).toEqual([
      '/steps/2/kind',
    ]);
    expect(paths([step('task'), hello])).toEqual(['/steps/1/kind']);
    expect(paths([step('task'), accepted(), hello])).toContain('/steps/1/kind');
  });

  it('withdraws only what went out, once (F014)', () => {
    expect(paths([step('withdraw')])).toEqual(['/steps/0/kind']);
    expect(paths([invite, step('wait', { delayMs: dayMs }), step('withdraw')])).toEqual([]);
    expect(paths([invite, step('withdraw'), step('withdraw')])).toEqual(['/steps/2/kind']);
  });

  it('of a messenger invites nobody, and comments, tasks and waits are fine (S2-01, S2-38)', () => {
    expect(paths([step('task'), hello], 'messenger')).toEqual([]);
    expect(paths([step('inmail', { subject: 'Hi' }), hello], 'messenger')).toEqual([
      '/steps/0/kind',
    ]);
    expect(paths([accepted(), hello], 'messenger')).toContain('/steps/0/branch/when');
  });
});

describe('A step', () => {
  const field = (over: object): Step =>
    step('branch', {
      branch: {
        when: 'field',
        name: 'title',
        op: 'present',
        yes: 'hello',
        no: 'end',
        ...over,
      } as Branch,
    });

  it('asks for a field that leads have, in a way it can be asked for (F012)', () => {
    expect(paths([invite, field({}), hello])).toEqual([]);
    expect(paths([invite, field({ name: 'nope' }), hello])).toEqual(['/steps/1/branch/name']);
    expect(paths([invite, field({ op: 'like' }), hello])).toContain('/steps/1/branch/op');
    expect(paths([invite, field({ op: 'equals' }), hello])).toEqual(['/steps/1/branch/value']);
    expect(paths([invite, field({ value: 'x' }), hello])).toEqual(['/steps/1/branch/value']);
  });

  it('of kind InMail needs a subject, a comment a post on LinkedIn (F007, F009, S3-26)', () => {
    expect(paths([invite, step('inmail')])).toEqual(['/steps/1/subject']);
    expect(paths([invite, step('comment')])).toEqual(['/steps/1/postUrl']);
    expect(paths([invite, step('comment', { postUrl: 'https://example.org/x' })])).toEqual([
      '/steps/1/postUrl',
    ]);
    expect(paths([invite, step('comment', { postUrl: 'linkedin.com/feed/update/1' })])).toEqual([]);
  });

  it('is reviewed only where there is a text (F069)', () =>
    expect(paths([invite, step('task', { review: true })])).toEqual(['/steps/1/review']));

  it('waits 1 to 180 days for an acceptance', () => {
    expect(paths([invite, accepted({ days: 0 }), hello])).toEqual(['/steps/1/branch/days']);
    expect(paths([invite, accepted({ days: 181 }), hello])).toEqual(['/steps/1/branch/days']);
  });

  it('with an unknown policy is refused', () =>
    expect(
      checkSequence('connector', {
        steps: [invite],
        lateAcceptance: 'shout' as 'park',
        whenNotAccepted: 'cry' as 'expire',
      }).problems.map(({ path }) => path),
    ).toEqual(['/lateAcceptance', '/whenNotAccepted']));
});

it('The morning is advised for first messages (F021, S2-54)', () => {
  const hours = (from: string, until: string) => ({
    windows: [{ weekdays: [1], from, until }],
    fallbackZone: 'Etc/UTC',
    daysOff: [],
  });
  expect(adviseHours(hours('09:00', '17:00'))).toEqual([]);
  expect(adviseHours(hours('22:00', '10:00'))).toEqual([]);
  expect(adviseHours(hours('13:00', '17:00'))).toHaveLength(1);
});
