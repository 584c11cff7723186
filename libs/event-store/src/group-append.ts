import { TransientError } from '@overture/kernel';
import type { AppendRow, EncodedAppend } from './append-statement.js';

/** Measured on 2 cores: more lanes or larger groups wait for the bucket's head instead of working. */
const lanesMax = 2;
const groupAppendsMax = 500;
const groupEventsMax = 2_000;
const waitingMax = 20_000;
/** Fewer callers than this share the next statement instead of paying for one beside that under way. */
const besideMin = 8;
/** But they wait no longer for it than this: it may stand in a queue for somebody else's bucket. */
const patienceMsMax = 5;

interface Waiting {
  readonly request: EncodedAppend;
  readonly stream: string;
  readonly resolve: (row: AppendRow) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Joins the appends of concurrent callers into few statements. While a statement is on its way the next group
 * gathers, so an idle store answers at once and a busy one pays one commit for hundreds of callers. A second statement
 * beside it is for many callers, or for those who have waited long.
 */
export class GroupAppend {
  private waiting: Waiting[] = [];
  private readonly streamsInFlight = new Set<string>();
  private lanes = 0;
  private begunAt = 0;
  private scheduled = false;
  private patience: NodeJS.Timeout | undefined;

  constructor(
    private readonly write: (group: EncodedAppend[]) => Promise<AppendRow[]>,
    private readonly patienceMs = patienceMsMax,
  ) {}

  append(request: EncodedAppend): Promise<AppendRow> {
    if (this.waiting.length >= waitingMax) {
      return Promise.reject(new TransientError(`${waitingMax} appends are waiting already.`));
    }
    return new Promise((resolve, reject) => {
      const stream = `${request.tenantId}\n${request.streamId}`;
      this.waiting.push({ request, stream, resolve, reject });
      this.schedule();
    });
  }

  // Callers of one turn of the event loop join one group.
  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      while (this.mayStart() && this.start(this.take()));
      if (this.waiting.length > 0 && this.lanes < lanesMax) this.comeBack();
    });
  }

  private mayStart(): boolean {
    if (this.lanes === 0 || this.lanes === lanesMax) return this.lanes === 0;
    return this.waiting.length >= besideMin || performance.now() - this.begunAt >= this.patienceMs;
  }

  private comeBack(): void {
    this.patience ??= setTimeout(() => {
      this.patience = undefined;
      this.schedule();
    }, this.patienceMs).unref();
  }

  // A stream is in one group at a time: callers of the same stream are served in the order they came.
  private take(): Waiting[] {
    const group: Waiting[] = [];
    const left: Waiting[] = [];
    let events = 0;
    for (const item of this.waiting) {
      const full = group.length >= groupAppendsMax || events >= groupEventsMax;
      if (full || this.streamsInFlight.has(item.stream)) {
        left.push(item);
        continue;
      }
      this.streamsInFlight.add(item.stream);
      events += item.request.events.length;
      group.push(item);
    }
    this.waiting = left;
    return group;
  }

  private start(group: Waiting[]): boolean {
    if (group.length === 0) return false;
    this.lanes++;
    this.begunAt = performance.now();
    void this.run(group).finally(() => {
      this.lanes--;
      for (const { stream } of group) this.streamsInFlight.delete(stream);
      this.schedule();
    });
    return true;
  }

  private async run(group: Waiting[]): Promise<void> {
    try {
      const rows = await this.write(group.map(({ request }) => request));
      group.forEach(({ resolve }, index) => resolve(rows[index] as AppendRow));
    } catch (error) {
      // A statement that certainly changed nothing is repeated one caller at a time: what one caller sent, such
      // as an id that is taken, must not fail the others. A lost connection proves nothing and is not repeated.
      if (group.length === 1 || error instanceof TransientError) {
        for (const { reject } of group) reject(error);
        return;
      }
      for (const item of group) await this.run([item]);
    }
  }
}
