import { TransientError } from '@overture/kernel';
import { ProviderRejection, type WriteOutcome } from '../outcome.js';
import type { Answer, Exchange, HttpDoor } from './http.js';
import { isObject, parseJson, type Json } from './json.js';
import { readRefusal } from './refusal.js';
import type { ReadResult } from './results.js';

export interface Page {
  readonly rows: readonly Json[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

export interface LiveRun {
  readonly action: string;
  readonly accountRef: string;
  readonly input?: Json;
  readonly parameters?: Json;
  readonly deadlineMs: number;
}

// 30 000 connections, the most one account may have, at 40 a page, and as much again.
const pagesMax = 1_500;

/** Edges' live runs, seen as one write or as a listing of rows. */
export class EdgesClient {
  constructor(private readonly door: HttpDoor) {}

  async write(run: LiveRun, read: ReadResult): Promise<WriteOutcome> {
    const exchange = await this.run(run);
    if (exchange.kind === 'not_sent') return exchange;
    if (exchange.kind === 'lost') return { kind: 'unknown', detail: exchange.detail };
    if (!isSuccess(exchange)) return refusedWrite(exchange);
    const rows = rowsOf(exchange);
    // A success that carries an error contradicts itself.
    if (rows === undefined || rows.some((row) => 'error_label' in row)) return unreadable(exchange);
    return read(rows[0]) ?? unreadable(exchange);
  }

  async *pages(run: LiveRun): AsyncGenerator<readonly Json[]> {
    const seen = new Set<string>();
    let cursor: string | undefined;
    do {
      const page: Page = await this.page(run, cursor);
      yield page.rows;
      cursor = page.nextCursor;
      if (cursor === undefined) return;
      if (seen.has(cursor))
        throw new TransientError(`${run.action}: the same page was offered again`);
      seen.add(cursor);
    } while (seen.size < pagesMax);
    throw new TransientError(`${run.action}: more than ${pagesMax} pages`);
  }

  async page(run: LiveRun, cursor?: string): Promise<Page> {
    const answer = await this.answered(this.run(run, cursor));
    const rows = rowsOf(answer);
    if (rows === undefined)
      throw new TransientError(`${run.action}: HTTP 200 without readable rows`);
    const next = nextCursor(answer);
    return next === undefined ? { rows } : { rows, nextCursor: next };
  }

  async one(run: LiveRun): Promise<Json> {
    const [row] = rowsOf(await this.answered(this.run(run))) ?? [];
    if (row === undefined)
      throw new TransientError(`${run.action}: HTTP 200 without a readable result`);
    return row;
  }

  async object(method: 'GET' | 'POST', path: string, deadlineMs: number): Promise<Json> {
    const answer = await this.answered(this.door.exchange({ method, path, deadlineMs }));
    const body = parseJson(answer.body);
    if (!isObject(body)) throw new TransientError('HTTP 200 without a readable result');
    return body;
  }

  private run(run: LiveRun, cursor?: string): Promise<Exchange> {
    const query = cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`;
    return this.door.exchange({
      method: 'POST',
      path: `/actions/${run.action}/run/live${query}`,
      body: {
        identity_ids: [run.accountRef],
        input: run.input ?? {},
        ...(run.parameters === undefined ? {} : { parameters: run.parameters }),
      },
      deadlineMs: run.deadlineMs,
    });
  }

  private async answered(exchanging: Promise<Exchange>): Promise<Answer> {
    const exchange = await exchanging;
    if (exchange.kind !== 'answered') throw new TransientError(`Edges: ${exchange.detail}`);
    if (isSuccess(exchange)) return exchange;
    const refusal = readRefusal(exchange);
    if (refusal.kind === 'rejected') throw new ProviderRejection(refusal);
    throw new TransientError(`Edges: ${refusal.detail}`);
  }
}

function refusedWrite(answer: Answer): WriteOutcome {
  const refusal = readRefusal(answer);
  return refusal.kind === 'rejected' ? refusal : { ...refusal, kind: 'unknown' };
}

function unreadable({ status }: Answer): WriteOutcome {
  const detail = `HTTP ${status} without a readable result`;
  return { kind: 'unknown', detail, answer: { status } };
}

function isSuccess({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}

/** An object, or an array of objects: the vendor's own samples accept both. */
function rowsOf(answer: Answer): readonly Json[] | undefined {
  const body = parseJson(answer.body);
  if (Array.isArray(body)) return body.filter(isObject);
  return isObject(body) ? [body] : undefined;
}

/** Only the cursor is taken from the link: our key goes to no other address, whatever the link says. */
function nextCursor(answer: Answer): string | undefined {
  const link = answer.headers['x-pagination-next'];
  if (link === undefined || link === '') return undefined;
  const base = 'https://cursor.invalid';
  return URL.canParse(link, base)
    ? (new URL(link, base).searchParams.get('cursor') ?? undefined)
    : undefined;
}
