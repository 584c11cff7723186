import type { OvertureApi } from './overture-api.js';

/** A text that waits for somebody's approval. */
export interface Draft {
  readonly actionId: string;
  readonly text: string;
  readonly expiresAt: string;
}

export interface Review {
  readonly approved: number;
  readonly edited: number;
  readonly skipped: number;
  readonly left: number;
}

// The step under review is opened three days before its time, and expires a week after it.
const expiresAfterMs = 10 * 86_400_000;
// A page of the list; whoever has more drafts than that reads the rest the next time.
const draftsMax = 200;

/**
 * Reads drafts as a colleague would. The first time one is reworded, one skipped and one put aside; what was there at the
 * last look was put aside for good, and expires.
 */
export async function reviewDrafts(
  api: OvertureApi,
  { lastLook }: { lastLook: Date | undefined },
): Promise<Review> {
  const { drafts = [] } = await api.get<{ drafts?: Draft[] }>(`drafts?limit=${draftsMax}`);
  if (lastLook === undefined) return reviewFirst(api, drafts);
  const isNew = ({ expiresAt }: Draft): boolean =>
    Date.parse(expiresAt) - expiresAfterMs > lastLook.getTime();
  const fresh = drafts.filter(isNew);
  const approved = await approveAll(api, fresh);
  return { approved, edited: 0, skipped: 0, left: drafts.length - approved };
}

async function reviewFirst(
  api: OvertureApi,
  [reworded, unwanted, doubtful, ...rest]: readonly Draft[],
): Promise<Review> {
  if (reworded) {
    const text = `${reworded.text} (I read yours with pleasure, by the way.)`;
    await api.post(`actions/${reworded.actionId}/approve`, { text });
  }
  if (unwanted) await api.post(`actions/${unwanted.actionId}/skip`, { reason: 'met in person' });
  const approved = await approveAll(api, rest);
  const [edited, skipped, left] = [reworded, unwanted, doubtful].map(count);
  return { approved, edited: edited ?? 0, skipped: skipped ?? 0, left: left ?? 0 };
}

async function approveAll(api: OvertureApi, drafts: readonly Draft[]): Promise<number> {
  if (drafts.length === 0) return 0;
  const actionIds = drafts.map(({ actionId }) => actionId);
  const report = { decision: 'approve', actionIds };
  const { done = 0 } = await api.post<{ done?: number }>('drafts/decide', report);
  return done;
}

function count(draft: Draft | undefined): number {
  return draft === undefined ? 0 : 1;
}
