import type { Envelope } from './envelope.js';
import { Lanes } from './lanes.js';
import type { Entry } from './stream-run.js';

function entry(streamId: string, version: number, tenantId = 'tenant'): Entry {
  const envelope = { tenantId, streamId, version } as Envelope;
  return { envelope, body: () => undefined, deliveries: [] };
}

/** Lanes whose batches end when the test says so. */
function held({ lanes = 2, batchMax = 10 } = {}) {
  const begun: { names: string[]; end: () => void }[] = [];
  let told = () => undefined as void;
  const subject = new Lanes({ lanes, batchMax }, async (tenantId, entries) => {
    const names = entries.map(
      ({ envelope: { streamId, version } }) => `${tenantId} ${streamId} ${version}`,
    );
    await new Promise<void>((end) => {
      begun.push({ names, end });
      told();
    });
  });
  const batch = async (number: number) => {
    while (begun.length < number) await new Promise<void>((resolve) => (told = resolve));
    return begun[number - 1] as (typeof begun)[number];
  };
  return { subject, batch, begun };
}

describe('What arrives', () => {
  it('together is handled together, in order', async () => {
    const { subject, batch } = held();
    for (const version of [1, 2, 3]) subject.push(entry('s', version));
    const { names } = await batch(1);
    expect(names).toEqual(['tenant s 1', 'tenant s 2', 'tenant s 3']);
  });

  it('of a stream in hand waits for it, while other streams go on (P3)', async () => {
    const { subject, batch, begun } = held();
    subject.push(entry('s', 1));
    const first = await batch(1);
    subject.push(entry('s', 2));
    subject.push(entry('other', 1));
    expect((await batch(2)).names).toEqual(['tenant other 1']);
    expect(begun).toHaveLength(2);
    first.end();
    expect((await batch(3)).names).toEqual(['tenant s 2']);
  });

  it('waits when all lanes are taken, and is handled by no more than so many at once', async () => {
    const { subject, batch, begun } = held({ lanes: 1, batchMax: 2 });
    for (const version of [1, 2, 3]) subject.push(entry(`s${version}`, version));
    const first = await batch(1);
    expect(first.names).toEqual(['tenant s1 1', 'tenant s2 2']);
    expect(begun).toHaveLength(1);
    first.end();
    expect((await batch(2)).names).toEqual(['tenant s3 3']);
  });

  it('for several tenants is handled for one after another (P10)', async () => {
    const { subject, batch } = held();
    subject.push(entry('s', 1, 'one'));
    subject.push(entry('s', 1, 'two'));
    const first = await batch(1);
    expect(first.names).toEqual(['one s 1']);
    first.end();
    expect((await batch(2)).names).toEqual(['two s 1']);
  });

  it('can be taken back until it has begun', async () => {
    const { subject, batch } = held({ lanes: 1 });
    subject.push(entry('s', 1));
    const first = await batch(1);
    subject.push(entry('s', 2));
    expect(subject.withdraw(() => true).map(({ envelope }) => envelope.version)).toEqual([2]);
    first.end();
    await subject.settled();
  });
});
