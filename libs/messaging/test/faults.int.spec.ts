import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';
import { afterTests, waitFor } from '@overture/testing';
import { eventStreamName } from '../src/subjects.js';
import { Bed, follower, owner, quick, range, writeDown } from './bed.js';

const streams = range(1, 40).map((n) => `enrollment-${n}`);

async function expectAllOnceInOrder(bed: Bed, versions: number): Promise<void> {
  const seen = await bed.seen();
  expect(seen).toHaveLength(streams.length * versions);
  for (const id of streams) {
    const own = seen.filter(({ streamId }) => streamId === id).map(({ version }) => version);
    expect(own).toEqual(range(1, versions));
  }
}

function appendRound(bed: Bed, round: number): Promise<void[]> {
  return Promise.all(
    streams.map((id) => bed.append(id, [round, round], { expectedVersion: 2 * (round - 1) })),
  );
}

async function adminOf(bed: Bed): Promise<NatsConnection> {
  const admin = await connect(bed.nats.connectionOf('admin'));
  afterTests(() => admin.close());
  return admin;
}

describe('Whatever fails', () => {
  it('NATS wiped under load: everything arrives all the same (P12)', async () => {
    const bed = await Bed.make();
    await bed.start(owner, { publishes: true, tuning: quick });
    await bed.start(follower, { on: writeDown, tuning: quick });
    for (let round = 1; round <= 10; round++) {
      await appendRound(bed, round);
      if (round === 4 || round === 8) {
        await bed.nats.kill();
        await bed.nats.restart({ wipe: true });
      }
    }
    await bed.waitForSeen(streams.length * 20);
    await expectAllOnceInOrder(bed, 20);
  });

  it('the event stream deleted while all run: everything arrives all the same (P12)', async () => {
    const bed = await Bed.make();
    await bed.start(owner, { publishes: true, tuning: { ...quick, verifyMs: 500 } });
    await bed.start(follower, { on: writeDown, tuning: quick });
    const admin = await jetstreamManager(await adminOf(bed));
    for (let round = 1; round <= 6; round++) {
      await appendRound(bed, round);
      if (round === 3) await admin.streams.delete(eventStreamName);
    }
    await bed.waitForSeen(streams.length * 12);
    await expectAllOnceInOrder(bed, 12);
  });

  it('a relay killed between publish and cursor: its successor publishes again, nothing shows (P3)', async () => {
    const bed = await Bed.make();
    const first = await bed.start(owner, { publishes: true, tuning: quick });
    await bed.start(follower, { on: writeDown, tuning: quick });
    await appendRound(bed, 1);
    await bed.waitForSeen(streams.length * 2);
    // The cursor write never happens: as if the process died after the acknowledgement.
    await bed.query(`revoke update on ${owner}.relay_cursors from ${owner}_worker`);
    await appendRound(bed, 2);
    await bed.waitForSeen(streams.length * 4);
    await first.kill();
    await bed.query(`grant update on ${owner}.relay_cursors to ${owner}_worker`);
    await bed.start(owner, { publishes: true, tuning: quick });
    await appendRound(bed, 3);
    await bed.waitForSeen(streams.length * 6);
    await expectAllOnceInOrder(bed, 6);
    const behind = () =>
      bed.query(`select from ${owner}.bucket_head h join ${owner}.relay_cursors c
        using (tenant_id, bucket) where h.head > c.position`);
    await waitFor(async () => (await behind()).length === 0, { what: 'the cursor at the head' });
  });

  it('PostgreSQL away for a moment: transient, then all is handled (P3)', async () => {
    const bed = await Bed.make();
    await bed.start(owner, { publishes: true, tuning: quick });
    await bed.start(follower, { on: writeDown, tuning: quick });
    await appendRound(bed, 1);
    const { name } = bed.addresses;
    await bed.query(`alter database ${name} connection limit 0`);
    const connected = () =>
      bed.query(`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = '${name}' and pid <> pg_backend_pid()`);
    await waitFor(async () => (await connected()).length === 0, { what: 'nobody connected' });
    await bed.query(`alter database ${name} connection limit -1`);
    await appendRound(bed, 2);
    await bed.waitForSeen(streams.length * 4);
    await expectAllOnceInOrder(bed, 4);
    expect(await bed.query(`select from ${follower}.dead_letters`)).toEqual([]);
  });

  it('duplicates and disorder on the wire change nothing; a hole is read from the owner (P3)', async () => {
    const bed = await Bed.make();
    await bed.start(owner, { publishes: true, tuning: quick });
    await appendRound(bed, 1);
    await appendRound(bed, 2);
    const admin = await adminOf(bed);
    const { streams: api } = await jetstreamManager(admin);
    await waitFor(async () => (await api.info(eventStreamName)).state.messages === 160);
    await disturb(admin, api);
    await bed.start(follower, { on: writeDown, tuning: quick });
    await bed.waitForSeen(streams.length * 4);
    await expectAllOnceInOrder(bed, 4);
  });
});

type Api = Awaited<ReturnType<typeof jetstreamManager>>['streams'];

/** Publishes everything again in reverse, and takes away every third message of the first pass. */
async function disturb(admin: NatsConnection, api: Api): Promise<void> {
  for (let sequence = 160; sequence >= 1; sequence--) {
    const message = await api.getMessage(eventStreamName, { seq: sequence });
    if (message === null) continue;
    message.header.delete('Nats-Msg-Id');
    // The last of a stream stays: nothing behind it would show the hole.
    const isLast = message.header.get('ce-version') === '4';
    if (sequence % 3 === 0 && !isLast) await api.deleteMessage(eventStreamName, sequence);
    if (sequence % 2 === 0) {
      await admin.request(message.subject, message.data, {
        headers: message.header,
        timeout: 60_000,
      });
    }
  }
}
