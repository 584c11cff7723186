import { setTimeout as sleep } from 'node:timers/promises';
import { TransientError } from '@overture/kernel';
import { LeadFile, type LeadRow, type MappedColumn } from '@overture/lead-import';

/** What the campaign service says of one row. */
export interface RowVerdict {
  readonly row: number;
  readonly verdict: string;
  readonly reason: string;
  readonly duplicateOfRow: number;
}

/** The campaign service's side of an import. */
export interface ImportCalls<Import> {
  start(file: { columns: readonly MappedColumn[] }): Promise<string>;
  append(importId: string, batch: number, rows: readonly LeadRow[]): Promise<readonly RowVerdict[]>;
  finish(importId: string): Promise<Import>;
}

export interface ImportOptions {
  readonly mapping: Readonly<Record<string, string>>;
  readonly bytesMax: number;
  readonly rowsMax: number;
}

export interface ImportedFile<Import> {
  readonly import: Import;
  readonly encoding: string;
  readonly delimiter: string;
  readonly headerLine: number;
  readonly columns: readonly MappedColumn[];
  /** The first rows that will not become leads, and why. */
  readonly problems: readonly RowVerdict[];
}

const problemsMax = 50;
/** One is being stored while the campaign service reads the next ones; it takes no more than that. */
const batchesUnderWayMax = 4;
const triesMax = 5;
const retryMs = 200;

/**
 * Streams a file into an import: nothing of it is held but the batches under way and the one being read. The sender is
 * slowed down to the pace at which batches are stored.
 */
export async function importFile<Import>(
  bytes: AsyncIterable<Uint8Array>,
  calls: ImportCalls<Import>,
  { mapping, bytesMax, rowsMax }: ImportOptions,
): Promise<ImportedFile<Import>> {
  const file = await LeadFile.open(bytes, { mapping, limits: { bytesMax, rowsMax } });
  const importId = await calls.start(file);
  const problems: RowVerdict[] = [];
  const answers = sentAhead(file.batches(), (rows, batch) =>
    retried(() => calls.append(importId, batch, rows)),
  );
  for await (const verdicts of answers) {
    const refused = verdicts.filter(({ verdict }) => verdict !== 'importable');
    problems.push(...refused.slice(0, problemsMax - problems.length));
  }
  return {
    import: await retried(() => calls.finish(importId)),
    encoding: file.encoding,
    delimiter: file.dialect.delimiter,
    headerLine: file.headerLine,
    columns: file.columns,
    problems,
  };
}

/** Sends the next items while the first one is still being worked on; gives the answers in the order of the items. */
async function* sentAhead<Item, Answer>(
  items: AsyncIterable<Item>,
  send: (item: Item, index: number) => Promise<Answer>,
): AsyncGenerator<Answer, void> {
  const underWay: Promise<Answer>[] = [];
  let sent = 0;
  for await (const item of items) {
    const answer = send(item, sent++);
    // Another one may fail first; then nobody waits for this answer.
    answer.catch(() => undefined);
    underWay.push(answer);
    if (underWay.length === batchesUnderWayMax) yield underWay.shift() as Promise<Answer>;
  }
  yield* underWay;
}

/** A batch that comes again changes nothing, so a call without an answer may simply be made again. */
async function retried<T>(call: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof TransientError) || attempt === triesMax) throw error;
      await sleep(retryMs * 2 ** attempt);
    }
  }
}
