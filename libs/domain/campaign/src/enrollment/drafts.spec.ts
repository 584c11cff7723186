import { dayMs, plus } from '@overture/kernel';
import { factOf, Life, refusalOf, typesOf } from '../../test/life.js';
import { on } from '../../test/story.js';
import { legacyDraftStatus } from './legacy.js';
import { nextAction } from './next-action.js';

const actionId = 'e-1.3.0';
const by = 'ada';

/** The first message waits for its approval; it may go from day 2 on, until day 9. */
function drafted(): Life {
  const life = new Life().begin('first_degree');
  expect(life.lead.actions[actionId]?.status).toBe('drafted');
  return life;
}

const approve = (life: Life, textSha256 = 'abc') =>
  life.do('ApproveDraft', { actionId, textSha256, by });

const intend = (life: Life, textSha256 = 'abc') =>
  life.do('IntendAction', {
    actionId,
    epoch: 1,
    textSha256,
    syncedAt: life.at,
    relation: 'first_degree',
  });

describe('A draft', () => {
  it('is opened instead of a plan when its turn comes, and waits for a person (F069, S3-19, S3-31)', () => {
    const life = drafted();
    expect(typesOf(life.history)).not.toContain('ActionPlanned');
    expect(nextAction(life.state)).toEqual({ do: 'await_review', actionId, until: on(8) });
    expect(legacyDraftStatus('drafted')).toBe('pending_review');
    expect(refusalOf(() => intend(life))).toBe('action/not-planned');
  });

  it('is approved by somebody, once, and goes like any other plan (S3-15, S3-20, S3-32)', () => {
    const life = drafted();
    const events = approve(life);
    expect(typesOf(events)).toEqual(['DraftApproved', 'ActionPlanned']);
    expect(factOf(events, 'DraftApproved')).toMatchObject({ by, textSha256: 'abc' });
    expect(factOf(events, 'ActionPlanned')).toMatchObject({
      actionId,
      notBefore: on(1),
      stepId: 'hello',
    });
    expect(approve(life)).toEqual([]);
    expect(refusalOf(() => approve(life, 'other'))).toBe('draft/approved');
  });

  it('is edited until it is approved (F070, S1-36)', () => {
    const life = drafted();
    const edit = (textSha256: string) => life.do('EditDraft', { actionId, textSha256, by });
    expect(typesOf(edit('new'))).toEqual(['DraftEdited']);
    expect(edit('new')).toEqual([]);
    approve(life, 'new');
    expect(refusalOf(() => edit('newer'))).toBe('draft/approved');
  });

  it('is sent with exactly the approved text (I11)', () => {
    const life = drafted().later(2 * dayMs);
    approve(life);
    expect(refusalOf(() => intend(life, 'changed'))).toBe('draft/text-changed');
    expect(typesOf(intend(life))).toEqual(['ActionIntended']);
  });

  it('meets every rule again at the intent, approved or not (F073)', () => {
    const life = drafted().later(2 * dayMs);
    approve(life);
    const unconnected = {
      actionId,
      epoch: 1,
      textSha256: 'abc',
      syncedAt: life.at,
      relation: 'not_connected',
    } as const;
    expect(refusalOf(() => life.do('IntendAction', unconnected))).toBe('relation/not-connected');
    life.do('PauseEnrollment', { pauseId: 'p-1', cause: 'asked' });
    expect(refusalOf(() => intend(life))).toBe('enrollment/paused');
  });

  it('is skipped with a reason, approved or not, and the lead goes on (S3-21, F018)', () => {
    const skip = (life: Life) => life.do('SkipDraft', { actionId, reason: 'met her', by });
    const waiting = drafted();
    const events = skip(waiting);
    expect(typesOf(events)).toEqual(['DraftSkipped', 'ActionPlanned']);
    expect(factOf(events, 'DraftSkipped')).toMatchObject({ reason: 'met her', by });
    expect(skip(waiting)).toEqual([]);
    const approved = drafted();
    approve(approved);
    expect(typesOf(skip(approved))).toEqual(['DraftSkipped', 'ActionDropped', 'ActionPlanned']);
  });

  it('expires seven days after it could have gone, approved or not (F071, S3-17, S3-23, S3-42)', () => {
    const waiting = drafted();
    expect(waiting.later(8 * dayMs - 1).pass()).toEqual([]);
    expect(typesOf(waiting.later(1).pass())).toEqual(['DraftExpired', 'EnrollmentHalted']);
    expect(waiting.lead.because).toBe('draft_expired');
    const approved = drafted();
    approve(approved);
    const events = approved.later(8 * dayMs).pass();
    expect(typesOf(events)).toEqual(['DraftExpired', 'ActionDropped', 'EnrollmentHalted']);
  });

  it('that expired is not sent nor approved, whatever the loops are late (I15)', () => {
    const life = drafted();
    approve(life);
    life.later(8 * dayMs);
    expect(refusalOf(() => intend(life))).toBe('draft/expired');
    const unseen = drafted().later(8 * dayMs);
    expect(refusalOf(() => approve(unseen))).toBe('draft/expired');
  });

  it('that expired is drafted afresh when a person asks for it (S3-43)', () => {
    const life = drafted().later(8 * dayMs);
    life.pass();
    const events = life.do('RetryAction', { reason: 'still worth it' });
    expect(factOf(events, 'DraftOpened')).toMatchObject({
      actionId: 'e-1.3.1',
      reason: 'still worth it',
      expiresAt: plus(life.at, 7 * dayMs),
    });
  });

  it('is dropped by a reply like every plan (S1-22)', () => {
    const life = drafted();
    expect(typesOf(life.reply())).toEqual(['ReplyReceived', 'ActionDropped']);
    expect(refusalOf(() => approve(life))).toBe('draft/closed');
  });

  it('is opened once, however often its turn is told (S3-18)', () => {
    const life = new Life().invite();
    life.accept();
    expect(life.accept()).toEqual([]);
    expect(typesOf(life.history).filter((type) => type === 'DraftOpened')).toHaveLength(1);
  });

  it('is none where no approval is needed', () => {
    const life = new Life().begin();
    const plain = { actionId: 'e-1.0.0', textSha256: 'a', by };
    expect(refusalOf(() => life.do('ApproveDraft', plain))).toBe('draft/not-found');
  });
});
