import { dayMs, DomainError, hourMs, minuteMs, NotFoundError, secondMs } from '@overture/kernel';
import { withClient } from '@overture/testing';
import { claimJob } from '../src/app/claim-job.js';
import type { Job } from '../src/app/jobs.js';
import { reportJob } from '../src/app/report-job.js';
import { claim, tenantId } from './claims.js';
import { world, type Sender, type World } from './world.js';

type Kind = 'connect' | 'message' | 'comment' | 'visit';

let place: World & { close(): Promise<void> };
let sender: Sender;

beforeAll(async () => {
  place = await world();
});
afterAll(() => place.close());
beforeEach(async () => {
  sender = browserSender();
  await withClient(place.test.adminUrl, (client) =>
    client.query('delete from sender.companion_jobs; delete from sender.attempts'),
  );
});

/** A sender whose identities act through the customer's own browser. */
function browserSender(): Sender {
  const made = place.sender();
  made.sync.look = { provider: 'companion', relation: 'unknown' };
  made.campaign.intend = async () => ({ ...said, text: 'Hello Ada' });
  return made;
}

const said = {
  profileUrl: 'https://www.linkedin.com/in/ada-vale',
  subject: '',
  postUrl: 'https://www.linkedin.com/feed/update/urn:li:activity:7123456789',
  fingerprints: [],
};
const ours = { tenantId, identityId: '' };

/** An action that the scheduler claimed for the browser. */
async function approved(kind: Kind = 'message', epoch = 1) {
  const attempt = { ...claim(epoch), kind };
  await sender.reserve(attempt);
  await sender.work();
  return attempt;
}

const next = (identityId = '') => claimJob(sender.deps, { tenantId, identityId });

const report = (jobId: string, more: object = {}): Promise<Job> =>
  reportJob(sender.deps, {
    tenantId,
    jobId,
    success: true,
    resultUrl: '',
    errorMessage: '',
    leaseId: '',
    meta: {},
    ...more,
  });

/** Hands out the next job, and gives its lease. */
const lease = async () => (await next())?.job.leaseId ?? '';

async function companionEvents(identityId: string) {
  const { events } = await sender.database.tenant(tenantId, (tx) =>
    tx.read(tenantId, `companion-${identityId}`),
  );
  return events;
}

async function jobOf(jobId: string): Promise<Job | undefined> {
  return sender.database.tenant(tenantId, (tx) => sender.deps.jobs.find(tx, tenantId, jobId));
}

describe('A claim of an identity that acts through a browser (F072, S3-01)', () => {
  it('waits as an approved job, and nothing goes out from here (S3-02, S3-55)', async () => {
    const attempt = await approved();
    expect(await jobOf(attempt.actionId)).toMatchObject({ status: 'approved', attempt: 0 });
    expect(await sender.types(attempt)).toEqual(['Reserved']);
    expect(sender.linkedIn.effects).toEqual([]);
  });

  it('keeps neither text nor address of a person in its row', async () => {
    const { actionId } = await approved();
    await next();
    const row = JSON.stringify(await jobOf(actionId));
    expect(row).not.toMatch(/ada.vale|hello/i);
  });

  it('goes back when no browser fetched it within the hour', async () => {
    const attempt = await approved();
    place.pass(hourMs);
    await sender.work();
    expect(await sender.types(attempt)).toEqual(['Reserved', 'Released']);
    expect(await jobOf(attempt.actionId)).toMatchObject({ status: 'expired' });
    expect(await next()).toBeUndefined();
    await sender.reserve({ ...attempt, epoch: 2 });
    await sender.work();
    expect(await jobOf(attempt.actionId)).toMatchObject({ status: 'approved', epoch: 2 });
  });

  it('of a kind no browser does is refused for good, with the reason (S3-03)', async () => {
    const attempt = await approved('visit');
    expect(await sender.types(attempt)).toEqual(['Reserved', 'Started', 'Rejected']);
    expect(sender.linkedIn.effects).toEqual([]);
  });
});

describe('The browser asks for the next job', () => {
  it('and gets the oldest approved one, with all it needs, locked for five minutes (S3-34, S3-36)', async () => {
    const first = await approved('connect');
    place.pass(secondMs);
    await approved('message');
    const handed = await next();
    expect(handed).toMatchObject({
      prospectUrl: said.profileUrl,
      body: 'Hello Ada',
      job: { jobId: first.actionId, attempt: 1 },
    });
    expect(handed?.job.lockedUntil).toBe(
      new Date(Date.parse(place.now()) + 5 * minuteMs).toISOString(),
    );
    expect(await sender.types(first)).toEqual(['Reserved', 'Started']);
  });

  it('and gets the post of a comment (S3-06, S3-26)', async () => {
    await approved('comment');
    expect(await next()).toMatchObject({ prospectUrl: said.postUrl });
  });

  it('and gets nothing when there is nothing, or only what another holds', async () => {
    expect(await next()).toBeUndefined();
    await approved();
    expect(await next()).toBeDefined();
    expect(await next()).toBeUndefined();
  });

  it('of one identity, and gets none of another', async () => {
    const { enrollment } = await approved();
    expect(await next('somebody-else')).toBeUndefined();
    expect(await next(enrollment.identityId)).toBeDefined();
  });

  it('of another workspace, and gets none of ours (S3-49)', async () => {
    await approved();
    const theirs = { tenantId: '00000000-0000-4000-8000-00000000beef', identityId: '' };
    expect(await claimJob(sender.deps, theirs)).toBeUndefined();
  });

  it('at once with others: nobody gets the same job (S3-34)', async () => {
    for (let n = 0; n < 6; n++) await approved('comment');
    const others = [browserSender(), browserSender()];
    const handed = await Promise.all(
      [...others, ...others, ...others, ...others].map(({ deps }) => claimJob(deps, ours)),
    );
    const ids = handed.flatMap((each) => (each ? [each.job.jobId] : []));
    expect(ids.length).toBeGreaterThan(0);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('again after the lock, with a higher number, so that it looks for its effect first (S3-37)', async () => {
    const { actionId } = await approved();
    await next();
    place.pass(5 * minuteMs - 1);
    expect(await next()).toBeUndefined();
    place.pass(1);
    expect(await next()).toMatchObject({ job: { jobId: actionId, attempt: 2 } });
  });

  it('and every rule is asked once more: a refusal gives the claim back (F073)', async () => {
    const attempt = await approved();
    sender.campaign.intend = () => Promise.reject(new DomainError('do-not-contact/listed', 'no'));
    expect(await next()).toBeUndefined();
    expect(await sender.types(attempt)).toEqual(['Reserved', 'Released']);
  });

  it('and is not handed again what may be done already, once a rule says no (I10)', async () => {
    const attempt = await approved();
    await next();
    place.pass(5 * minuteMs);
    sender.campaign.intend = () => Promise.reject(new DomainError('enrollment/replied', 'no'));
    expect(await next()).toBeUndefined();
    expect(await sender.types(attempt)).toEqual(['Reserved', 'Started']);
    expect(await report(attempt.actionId)).toMatchObject({ status: 'sent' });
  });

  it('and what fails its preflight fails with the reasons (S3-27, S3-28, S3-29)', async () => {
    const attempt = await approved('connect');
    sender.campaign.intend = async () => ({ ...said, text: 'x'.repeat(281) });
    expect(await next()).toBeUndefined();
    expect(await sender.types(attempt)).toEqual(['Reserved', 'Started', 'Rejected']);
    expect(await jobOf(attempt.actionId)).toMatchObject({
      status: 'failed',
      errorMessage: 'Expected at most 280 characters, found 281.',
    });
  });
});

describe('The caps of a customer (S3-04, S3-07, S3-08)', () => {
  const fill = async (count: number) => {
    for (let n = 0; n < count; n++) {
      const { actionId } = await approved('connect');
      await next();
      await report(actionId);
    }
  };

  it('once full, nothing is handed out and nothing is locked (S3-22, S3-35)', async () => {
    await fill(15);
    const { actionId } = await approved('connect');
    expect(await next()).toBeUndefined();
    expect(await jobOf(actionId)).toMatchObject({ status: 'approved', lockedUntil: null });
  });

  it('of one action leave the others their turn', async () => {
    await fill(15);
    await approved('connect');
    const { actionId } = await approved('message');
    expect(await next()).toMatchObject({ job: { jobId: actionId } });
  });

  it('roll: a day after the first there is room again (S3-07)', async () => {
    await fill(15);
    place.pass(dayMs);
    const { actionId } = await approved('connect');
    expect(await next()).toMatchObject({ job: { jobId: actionId } });
  });

  it('are not passed however many browsers ask at once', async () => {
    await fill(14);
    for (let n = 0; n < 5; n++) await approved('connect');
    const browsers = [browserSender(), browserSender(), browserSender()];
    const handed = await Promise.all(
      [...browsers, ...browsers].map(({ deps }) => claimJob(deps, ours)),
    );
    expect(handed.filter((each) => each !== undefined)).toHaveLength(1);
  });

  it('do not count what failed', async () => {
    const { actionId } = await approved('connect');
    await next();
    await report(actionId, { success: false, errorMessage: 'Page not found' });
    await fill(14);
    await approved('connect');
    expect(await next()).toBeDefined();
  });
});

describe('The browser reports', () => {
  it('a success, once: said again it changes nothing (S3-38, S3-39, F080)', async () => {
    const attempt = await approved();
    await next();
    const resultUrl = 'https://www.linkedin.com/messaging/thread/2-A==/';
    const sent = await report(attempt.actionId, { resultUrl });
    expect(sent).toMatchObject({ status: 'sent', resultUrl, lockedUntil: null });
    place.pass(minuteMs);
    expect(await report(attempt.actionId, { success: false, errorMessage: 'x' })).toEqual(sent);
    expect(await sender.types(attempt)).toEqual(['Reserved', 'Started', 'Accepted']);
  });

  it('a failure, its text cut, its meaning in the event (S3-40, F079)', async () => {
    const attempt = await approved();
    await next();
    const errorMessage = `Not connected to Ada Vale. ${'x'.repeat(900)}`;
    const failed = await report(attempt.actionId, { success: false, errorMessage });
    expect(failed.status).toBe('failed');
    expect(failed.errorMessage).toHaveLength(500);
    const { events } = await sender.database.tenant(tenantId, (tx) =>
      tx.read(tenantId, `attempt-${attempt.actionId}`),
    );
    expect(events.at(-1)).toMatchObject({
      type: 'AttemptRejected',
      data: { label: 'NOT_CONNECTED' },
    });
    expect(JSON.stringify(events)).not.toMatch(/ada.vale/i);
  });

  it('late, after its lock: the action happened, so it is believed', async () => {
    const attempt = await approved();
    await next();
    place.pass(hourMs);
    expect(await report(attempt.actionId)).toMatchObject({ status: 'sent' });
  });

  it('later than a day: by then nobody knew, and the result settles it (I10)', async () => {
    const attempt = await approved();
    await next();
    place.pass(dayMs);
    await sender.work();
    await sender.work();
    expect(await sender.types(attempt)).toEqual(['Reserved', 'Started', 'Unknown']);
    await report(attempt.actionId);
    expect((await sender.types(attempt)).at(-1)).toBe('Confirmed');
  });

  it('on a job it never fetched, or that is not there, and is refused', async () => {
    const { actionId } = await approved();
    await expect(report(actionId)).rejects.toMatchObject({ code: 'job/not-claimed' });
    await expect(report('e.0.0')).rejects.toThrow(NotFoundError);
  });

  it('faster than agreed: taken, and stated as a breach (S3-33, S3-41, S3-57)', async () => {
    const identityId = claim().enrollment.identityId;
    for (const waitMs of [0, 20 * secondMs, 90 * secondMs]) {
      const attempt = claim();
      const one = { ...attempt, enrollment: { ...attempt.enrollment, identityId } };
      await sender.reserve(one);
      await sender.work();
      await next();
      place.pass(waitMs);
      await report(one.actionId);
    }
    expect(await companionEvents(identityId)).toMatchObject([
      { type: 'PaceBreached', data: { identityId, spacingMs: 20_000, spacingMinMs: 90_000 } },
    ]);
  });
});

describe('A lease that was handed out with a job (S3-36, S3-37, F077)', () => {
  /** One browser got the job and slept over its lock; another has it now. */
  async function overtaken(kind: Kind = 'message') {
    const attempt = await approved(kind);
    const first = await lease();
    place.pass(5 * minuteMs);
    const second = await lease();
    return { attempt, jobId: attempt.actionId, first, second };
  }
  const stale = (of: object) => ({ type: 'StaleResultReported', data: of });
  const refusal = { code: 'job/lease-overtaken' };

  it('and is still the last one is believed, also after its lock', async () => {
    const attempt = await approved();
    const leaseId = await lease();
    place.pass(hourMs);
    expect(await report(attempt.actionId, { leaseId })).toMatchObject({ status: 'sent' });
    expect(await companionEvents(attempt.enrollment.identityId)).toEqual([]);
  });

  it('said again says nothing new, whatever came since', async () => {
    const { actionId } = await approved();
    const leaseId = await lease();
    const sent = await report(actionId, { leaseId });
    expect(await report(actionId, { leaseId })).toEqual(sent);
    expect(await report(actionId, { leaseId, success: false })).toEqual(sent);
  });

  it('and that another followed is refused; that it was sent is recorded, and nobody gets it again (I1)', async () => {
    const { attempt, jobId, first, second } = await overtaken();
    await expect(report(jobId, { leaseId: first })).rejects.toMatchObject({
      ...refusal,
      values: { jobId, attempt: 1, recorded: true },
    });
    expect(await jobOf(jobId)).toMatchObject({ status: 'sent' });
    expect(await sender.types(attempt)).toEqual(['Reserved', 'Started', 'Confirmed']);
    expect(await companionEvents(attempt.enrollment.identityId)).toMatchObject([
      stale({ actionId: jobId, attempt: 1, success: true, possibleDuplicate: true }),
    ]);
    place.pass(hourMs);
    expect(await next()).toBeUndefined();
    await expect(report(jobId, { leaseId: second })).rejects.toMatchObject(refusal);
  });

  it('and that another followed cannot fail the job under the hands of the other', async () => {
    const { attempt, jobId, first, second } = await overtaken();
    const failure = { success: false, errorMessage: 'Page not found' };
    await expect(report(jobId, { leaseId: first, ...failure })).rejects.toMatchObject({
      ...refusal,
      values: { recorded: false },
    });
    expect(await sender.types(attempt)).toEqual(['Reserved', 'Started']);
    expect(await report(jobId, { leaseId: second })).toMatchObject({ status: 'sent' });
    expect(await companionEvents(attempt.enrollment.identityId)).toMatchObject([
      stale({ success: false, possibleDuplicate: false }),
    ]);
  });

  it('of a job that was claimed anew stops the new claim before any browser gets it (I1)', async () => {
    const { attempt, jobId, first, second } = await overtaken();
    const limited = { success: false, errorMessage: 'Too many messages today' };
    await report(jobId, { leaseId: second, ...limited });
    const again = { ...attempt, epoch: 2 };
    await sender.reserve(again);
    await sender.work();
    expect(await jobOf(jobId)).toMatchObject({ status: 'approved', epoch: 2 });
    await expect(report(jobId, { leaseId: first })).rejects.toMatchObject(refusal);
    expect(await next()).toBeUndefined();
    expect((await sender.types(attempt)).at(-1)).toBe('Confirmed');
    expect(await jobOf(jobId)).toMatchObject({ status: 'sent' });
  });

  it('and that a rule kept from a second browser is still the last one', async () => {
    const attempt = await approved();
    const leaseId = await lease();
    place.pass(5 * minuteMs);
    sender.campaign.intend = () => Promise.reject(new DomainError('enrollment/replied', 'no'));
    expect(await next()).toBeUndefined();
    expect(await report(attempt.actionId, { leaseId })).toMatchObject({ status: 'sent' });
    expect(await sender.types(attempt)).toEqual(['Reserved', 'Started', 'Accepted']);
  });

  it.each(['made up', "x' or '1'='1"])('but never was is nobody: %s', async (leaseId) => {
    const attempt = await approved();
    await next();
    const unknown = { code: 'job/lease-unknown' };
    await expect(report(attempt.actionId, { leaseId })).rejects.toMatchObject(unknown);
    const other = await approved('connect');
    const theirs = await lease();
    const job = attempt.actionId;
    await expect(report(job, { leaseId: theirs })).rejects.toMatchObject(unknown);
    expect(await sender.types(attempt)).toEqual(['Reserved', 'Started']);
    expect(await sender.types(other)).toEqual(['Reserved', 'Started']);
  });
});
