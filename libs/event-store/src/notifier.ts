import type pg from 'pg';
import type { AppendRow } from './append-statement.js';
import type { BucketName, StreamName } from './events.js';

const bucketsNamedMax = 100;

/** The channel that tells of appends in a schema. */
export const appendChannel = (schema: string) => `overture_${schema}`;

/**
 * Wakes who listens for appends. It speaks after the commit, in a statement of its own: NOTIFY inside the append
 * would make all commits of the server queue behind each other. A lost wake-up only costs the listener a poll.
 */
export class Notifier {
  private readonly buckets = new Set<string>();
  private sending = false;

  constructor(
    private readonly pool: pg.Pool,
    private readonly channel: string,
  ) {}

  appended(streams: readonly StreamName[], rows: readonly AppendRow[]): void {
    rows.forEach(({ appended, bucket }, index) => {
      if (appended) this.buckets.add(`${streams[index]?.tenantId}/${bucket}`);
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
