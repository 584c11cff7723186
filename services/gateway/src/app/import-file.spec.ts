import { DomainError, TransientError } from '@overture/kernel';
import type { LeadRow } from '@overture/lead-import';
import { importFile, type ImportCalls, type RowVerdict } from './import-file.js';

const options = { mapping: {}, bytesMax: 1e9, rowsMax: 1e6 };
const header = 'first_name,last_name,linkedin_url\n';

/** Keeps what it is given, in the order of the batches. */
class Received implements ImportCalls<string> {
  readonly batches: (readonly LeadRow[])[] = [];
  finished = 0;
  failures = 0;

  start(): Promise<string> {
    return Promise.resolve('import-1');
  }

  async append(_: string, batch: number, rows: readonly LeadRow[]): Promise<RowVerdict[]> {
    if (this.failures > 0) {
      this.failures--;
      throw new TransientError('Nobody answers.');
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
    expect(batch).toBe(this.batches.length);
    this.batches.push(rows);
    return rows.map(({ row, problem }) => ({
      row,
      verdict: problem === undefined ? 'importable' : 'rejected',
      reason: problem?.message ?? '',
      duplicateOfRow: 0,
    }));
  }

  finish(): Promise<string> {
    this.finished++;
    return Promise.resolve('import');
  }
}

async function* file(rows: number, asked: { count: number } = { count: 0 }) {
  yield Buffer.from(header);
  for (let at = 0; at < rows; at++) {
    asked.count++;
    yield Buffer.from(`Ada,Vale,linkedin.com/in/ada-${at}\n`);
  }
}

describe('A file on its way in', () => {
  it('arrives whole, in numbered batches, and is finished', async () => {
    const received = new Received();
    const done = await importFile(file(1_234), received, options);
    expect(received.batches.map((rows) => rows.length)).toEqual([500, 500, 234]);
    expect(done).toMatchObject({ import: 'import', headerLine: 1, delimiter: ',', problems: [] });
  });

  it('tells the first problems', async () => {
    async function* bad() {
      yield Buffer.from(`${header}Ada,Vale,\n`.concat('Bo,Li,x\n'.repeat(100)));
    }
    const { problems } = await importFile(bad(), new Received(), options);
    expect(problems).toHaveLength(50);
    expect(problems[0]).toMatchObject({ row: 2, verdict: 'rejected' });
  });

  it('has four batches under way at most', async () => {
    const received = new Received();
    let [underWay, most] = [0, 0];
    const append = received.append.bind(received);
    received.append = async (...batch) => {
      most = Math.max(most, ++underWay);
      const verdicts = await append(...batch);
      underWay--;
      return verdicts;
    };
    await importFile(file(5_000), received, options);
    expect(received.batches).toHaveLength(10);
    expect(most).toBe(4);
  });

  it('is sent again where no answer came', async () => {
    const received = new Received();
    received.failures = 2;
    await importFile(file(10), received, options);
    expect(received.batches).toHaveLength(1);
  });

  it('is not finished when a batch is refused, and is read no further', async () => {
    const asked = { count: 0 };
    const received = new Received();
    received.append = () => Promise.reject(new DomainError('import/closed', 'Closed.'));
    const reading = importFile(file(200_000, asked), received, options);
    await expect(reading).rejects.toThrow('Closed.');
    expect(received.finished).toBe(0);
    expect(asked.count).toBeLessThan(20_000);
  });
});
