import { requestJson } from './http.js';

/** The pretend LinkedIn's own controls: who lives there, who knows whom, what goes wrong when. */
export class Stage {
  constructor(private readonly url: string) {}

  get<T>(path: string): Promise<T> {
    return requestJson<T>(`${this.url}/_sim/${path}`);
  }

  post<T = object>(path: string, body: object): Promise<T> {
    return requestJson<T>(`${this.url}/_sim/${path}`, { method: 'POST', body });
  }

  /** Everything that truly happened, oldest first. */
  async ledger(): Promise<LedgerEntry[]> {
    const entries: LedgerEntry[] = [];
    for (let after = 0; ;) {
      const page = await requestJson<{ items: LedgerEntry[]; next: number }>(
        `${this.url}/_sim/ledger?after=${after}&limit=10000`,
      );
      if (page.items.length === 0) return entries;
      entries.push(...page.items);
      after = page.next;
    }
  }
}

export interface LedgerEntry {
  readonly position: number;
  readonly at: string;
  readonly kind: string;
  readonly identityUid: string | null;
  readonly personKey: string | null;
  readonly profileUrl: string | null;
  readonly text: string | null;
  readonly textHash: string | null;
  readonly attemptId: string | null;
  readonly details?: Readonly<Record<string, unknown>> | null;
}
