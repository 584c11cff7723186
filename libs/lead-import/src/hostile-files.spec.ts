import { heldBytes } from '@overture/testing/memory';
import { LeadFile, type ReadOptions } from './lead-file.js';
import type { LeadRow } from './row-batch.js';

type Chunks = Iterable<string> | AsyncIterable<string>;

async function read(chunks: Chunks, options?: ReadOptions): Promise<LeadRow[]> {
  async function* bytes(): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) yield Buffer.from(chunk);
  }
  const rows: LeadRow[] = [];
  for await (const batch of (await LeadFile.open(bytes(), options)).batches()) rows.push(...batch);
  return rows;
}

function* repeat(times: number, chunk: string): Generator<string> {
  for (let at = 0; at < times; at++) yield chunk;
}

const header = 'first_name,last_name,linkedin_url,title\n';
const good = 'Ada,Vale,linkedin.com/in/ada,CEO\n';

describe('A hostile or damaged file', () => {
  it('loses one row to a quote that is never closed, not the rest', async () => {
    const rows = await read([header, good, 'Bo,Li,linkedin.com/in/bo,"Chief\n', good, good]);
    expect(rows.map(({ row, problem }) => [row, problem?.code])).toEqual([
      [2, undefined],
      [3, 'row/damaged'],
      [4, undefined],
      [5, undefined],
    ]);
  });

  it('loses one row to a stray quote that a later one seems to close', async () => {
    const stray = 'Bo,Li,linkedin.com/in/bo,"Chief\nCy,Li,linkedin.com/in/cy,"Head of "it"\n';
    const rows = await read([header, stray, good]);
    expect(rows.map(({ row, problem }) => [row, problem?.code])).toEqual([
      [2, 'row/damaged'],
      [3, undefined],
      [4, undefined],
    ]);
  });

  it('counts lines as an editor does, through quoted line breaks of either kind', async () => {
    const tall = 'Bo,Li,linkedin.com/in/bo,"one\r\ntwo\nthree"\r\n';
    const rows = await read([header, tall, good]);
    expect(rows.map(({ row }) => row)).toEqual([2, 5]);
    expect(rows[0]?.lead?.title).toBe('one two three');
  });

  it('keeps quotes within a cell as they stand', async () => {
    const rows = await read([header, 'Bo,Li,linkedin.com/in/bo,"Growth" hacker "x"\n']);
    expect(rows[0]?.lead?.title).toBe('"Growth" hacker "x"');
  });

  it('is refused above the byte limit before it is held in memory', async () => {
    const endless = repeat(1_000_000, good.repeat(1_000));
    await expect(read([header], { limits: { bytesMax: 10 } })).rejects.toMatchObject({
      code: 'import/too-large',
    });
    const limits = { bytesMax: 1_000_000 };
    await expect(read(withHeader(endless), { limits })).rejects.toThrow(/larger than 1000000/);
  });

  it('is refused above the row limit', async () => {
    const reading = read(withHeader(repeat(11, good)), { limits: { rowsMax: 10 } });
    await expect(reading).rejects.toMatchObject({ code: 'import/too-many-rows' });
  });

  it('gets one verdict for a line without an end, in constant memory', async () => {
    const held: number[] = [];
    async function* endless(): AsyncGenerator<string> {
      yield header;
      for (let at = 0; at < 2_000; at++) {
        if (at % 900 === 100) held.push(await heldBytes());
        yield 'y'.repeat(65_536);
      }
      yield `\n${good}`;
    }
    const rows = await read(endless());
    expect(rows.map(({ problem }) => problem?.code)).toEqual(['row/too-long', undefined]);
    // 118 MB lie between the two looks.
    expect(held).toHaveLength(3);
    expect(held[2]! - held[0]!).toBeLessThan(10e6);
  });

  it('gets a verdict for cells and rows that are too long', async () => {
    const cells = `Bo,Li,linkedin.com/in/bo,${'x'.repeat(4_001)}\n`;
    const row = `Bo,Li,linkedin.com/in/bo${',x'.repeat(300)}\n`;
    const rows = await read([header, cells, row, good]);
    expect(rows.map(({ problem }) => problem?.message)).toEqual([
      'title has 4001 characters; at most 4000 are allowed.',
      'Expected at most 200 cells, found 303.',
      undefined,
    ]);
  });

  it('is given up when quotes go astray on every line', async () => {
    const chunks = withHeader(repeat(5_000, 'Bo,Li,linkedin.com/in/bo,"x\ny"z\n'));
    await expect(read(chunks)).rejects.toMatchObject({ code: 'import/not-csv' });
  });

  it('cannot make a batch larger than a message', async () => {
    const wide = `Bo,Li,linkedin.com/in/bo,${'€'.repeat(3_900)}\n`;
    async function* bytes(): AsyncGenerator<Buffer> {
      yield Buffer.from(header + wide.repeat(500));
    }
    const file = await LeadFile.open(bytes());
    for await (const batch of file.batches()) {
      expect(Buffer.byteLength(JSON.stringify(batch))).toBeLessThan(1_000_000);
    }
  });

  it('cannot name a custom field after something of JavaScript', async () => {
    const rows = await read([
      'first_name,last_name,linkedin_url,__proto__,constructor\n',
      'Ada,Vale,linkedin.com/in/ada,x,y\n',
    ]);
    expect(rows[0]?.lead?.customFields).toEqual({ proto: 'x', constructor: 'y' });
  });
});

function* withHeader(chunks: Iterable<string>): Generator<string> {
  yield header;
  yield* chunks;
}
