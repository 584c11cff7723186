import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { AppendRow } from './append-statement.js';
import type { BucketName, StreamName } from './events.js';

const bucketsNamedMax = 100;
// A busy store would otherwise spend a tenth of its time on wake-ups.
const spacingMs = 5;

/** Hears of a bucket that an append of this process has just grown; true: nobody else need hear of it. */
export type LocalWake = (bucket: BucketName) => boolean;

/** The channel that tells of appends in a schema. */
export const appendChannel = (schema: string) => `overture_${schema}`;

/**
 * Wakes who listens for appends. It speaks after the commit, in a statement of its own: NOTIFY inside the append
 * would make all commits of the server queue behind each other. A lost wake-up only costs the listener a poll.
 */
export class Notifier {
  private readonly buckets = new Set<string>();
  private readonly local = new Set<LocalWake>();
  private sending = false;

  constructor(
    private readonly pool: pg.Pool,
    private readonly channel: string,
  ) {}

  /** Calls back within this process, before whoever appended goes on. The result ends it. */
  subscribe(wake: LocalWake): () => void {
    this.local.add(wake);
    return () => this.local.delete(wake);
  }

  appended(streams: readonly StreamName[], rows: readonly AppendRow[]): void {
    rows.forEach(({ appended, bucket }, index) => {
      const tenantId = streams[index]?.tenantId;
      if (!appended || bucket === null || tenantId === undefined) return;
      const heard = [...this.local].map((wake) => wake({ tenantId, bucket }));
      if (!heard.includes(true)) this.buckets.add(`${tenantId}/${bucket}`);
    });
    if (this.sending || this.buckets.size === 0) return;
    this.sending = true;
    setImmediate(() => void this.send());
  }

  private async send(): Promise<void> {
    while (this.buckets.size > 0) {
      const payload = this.buckets.size > bucketsNamedMax ? '' : [...this.buckets].join('\n');
      this.buckets.clear();
      await this.pool.query({ ...notify, values: [this.channel, payload] }).catch(() => undefined);
      await sleep(spacingMs, undefined, { ref: false });
    }
    this.sending = false;
  }
}

/** The buckets a wake-up names; none means that any may have grown. */
export function bucketsNamed(payload: string): BucketName[] {
  if (payload === '') return [];
  return payload.split('\n').map((line) => {
    const slash = line.lastIndexOf('/');
    return { tenantId: line.slice(0, slash), bucket: Number(line.slice(slash + 1)) };
  });
}

// A wake-up is worth no disk write.
const notify = {
  name: 'overture-notify',
  text: `select set_config('synchronous_commit', 'off', true), pg_notify($1, $2)`,
};
