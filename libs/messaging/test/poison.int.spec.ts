import { OpsService } from '@overture/contracts';
import { DomainError, TransientError } from '@overture/kernel';
import { waitFor } from '@overture/testing';
import type { EventContext } from '../src/contexts.js';
import { opsSubject } from '../src/subjects.js';
import { Bed, follower, owner, range, tenant, writeDown, type Replica } from './bed.js';

const { listDeadLetters, releaseDeadLetter } = OpsService.method;
const options = { tenantId: tenant };

async function deadLetters({ client }: Replica) {
  const subject = opsSubject(follower, listDeadLetters);
  const page = await client.callSubject(subject, listDeadLetters, { request: {}, options });
  return page.deadLetters;
}

function release({ client }: Replica, deadLetterId: string) {
  const subject = opsSubject(follower, releaseDeadLetter);
  return client.callSubject(subject, releaseDeadLetter, { request: { deadLetterId }, options });
}

describe('An event that no try can handle', () => {
  it('parks its stream only, and a release goes on in order (P3, P13)', async () => {
    const bed = await Bed.make({ secured: true });
    const publisher = await bed.start(owner, { publishes: true });
    let broken = true;
    await bed.start(follower, {
      on: async (event, context) => {
        const bad = context.streamId === 'enrollment-bad' && context.version === 3;
        if (bad && broken) throw new TypeError('Cannot read what is not there.');
        await writeDown(event, context);
      },
    });
    await bed.append('enrollment-bad', range(1, 5));
    await bed.append('enrollment-good', range(1, 5));
    const letter = await waitFor(async () => (await deadLetters(publisher))[0], {
      what: 'a dead letter',
    });
    expect(letter).toMatchObject({
      context: owner,
      streamId: 'enrollment-bad',
      version: 3,
      tries: 5,
      status: 'parked',
      eventType: 'overture.campaign.v1.LeadEnrolled',
      error: 'TypeError: Cannot read what is not there.',
    });
    await bed.append('enrollment-good', range(6, 8), { expectedVersion: 5 });
    await bed.append('enrollment-bad', range(6, 8), { expectedVersion: 5 });
    await bed.waitForSeen(10);
    expect(await bed.versionsSeen('enrollment-bad')).toEqual([1, 2]);
    expect(await bed.versionsSeen('enrollment-good')).toEqual(range(1, 8));

    const id = letter.deadLetterId;
    await expect(release(publisher, id)).rejects.toThrow(DomainError);
    expect(await deadLetters(publisher)).toMatchObject([
      { deadLetterId: id, status: 'parked', tries: 6 },
    ]);
    broken = false;
    expect(await release(publisher, id)).toMatchObject({ handled: 6 });
    expect(await bed.versionsSeen('enrollment-bad')).toEqual(range(1, 8));
    expect(await deadLetters(publisher)).toMatchObject([{ status: 'released' }]);

    await bed.append('enrollment-bad', [9], { expectedVersion: 8 });
    await bed.waitForSeen(17);
    expect(await bed.versionsSeen('enrollment-bad')).toEqual(range(1, 9));
  });

  it('of another workspace cannot be released, or seen (P10)', async () => {
    const bed = await Bed.make();
    const publisher = await bed.start(owner, { publishes: true });
    const replica = await bed.start(follower, {
      tuning: { triesMax: 1 },
      on: async () => {
        throw new Error('Broken.');
      },
    });
    await bed.append('enrollment-1', [1]);
    const letter = await waitFor(async () => (await deadLetters(publisher))[0]);
    const subject = opsSubject(follower, releaseDeadLetter);
    const elsewhere = replica.client.callSubject(subject, releaseDeadLetter, {
      request: { deadLetterId: letter.deadLetterId },
      options: { tenantId: 'another' },
    });
    await expect(elsewhere).rejects.toThrow('No dead-letter has the id');
  });
});

describe('An event whose effect a rule refuses', () => {
  it('counts as handled, without any of its effect', async () => {
    const bed = await Bed.make();
    await bed.start(owner, { publishes: true });
    await bed.start(follower, {
      on: async (event, context) => {
        await writeDown(event, context);
        if (context.version % 2 === 0)
          throw new DomainError('number/even', 'Even ones are refused.');
      },
    });
    await bed.append('enrollment-1', range(1, 7));
    await bed.waitForSeen(4);
    expect(await bed.versionsSeen('enrollment-1')).toEqual([1, 3, 5, 7]);
    expect(await bed.query(`select version from ${follower}.progress`)).toEqual([{ version: 7 }]);
  });
});

describe('An event that fails for a passing reason', () => {
  it('is tried without limit and holds up nobody else', async () => {
    const bed = await Bed.make();
    await bed.start(owner, { publishes: true });
    let tries = 0;
    await bed.start(follower, {
      tuning: { triesMax: 2 },
      on: async (event, context: EventContext) => {
        if (context.streamId === 'enrollment-late' && ++tries < 6)
          throw new TransientError('Later.');
        await writeDown(event, context);
      },
    });
    await bed.append('enrollment-late', range(1, 3));
    await bed.append('enrollment-quick', range(1, 3));
    await bed.waitForSeen(3);
    expect(await bed.versionsSeen('enrollment-quick')).toEqual([1, 2, 3]);
    await bed.waitForSeen(6);
    expect(await bed.versionsSeen('enrollment-late')).toEqual([1, 2, 3]);
    expect(await bed.query(`select from ${follower}.dead_letters`)).toEqual([]);
  });
});
