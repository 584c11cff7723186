import { create } from '@bufbuild/protobuf';
import { ActionKind, DraftSchema, JobSchema, LeadSchema } from '@overture/contracts';
import { draftRow, jobRow, jobView } from './queue-rows.js';

const draft = create(DraftSchema, {
  actionId: 'e-1.0.0',
  kind: ActionKind.CONNECT,
  status: 'pending_review',
  text: 'Hello Ada',
  firstName: 'Ada',
  lastName: 'Vale',
  companyName: 'Vale Ltd',
  title: 'CEO',
  linkedinUrl: 'https://www.linkedin.com/in/ada-vale',
  dayOffset: 3,
  pickedSource: 'Job board',
  pickedBecause: 'Hiring for sales',
  expiresAt: '2026-03-09T09:00:00.000Z',
});
const job = create(JobSchema, {
  jobId: 'e-1.0.0',
  kind: ActionKind.CONNECT,
  status: 'approved',
  attempt: 2,
  leaseId: 'l-1',
  approvedAt: '2026-03-02T09:00:00.000Z',
  lockedUntil: '2026-03-02T09:05:00.000Z',
});

describe('A row of the queue', () => {
  it('tells what to do, for whom, with which words, and why (S3-11, S3-12, S3-13, S3-14)', () =>
    expect(draftRow('w-1', draft, undefined)).toEqual({
      id: 'e-1.0.0',
      customerId: 'w-1',
      action: 'connection_request',
      status: 'pending_review',
      prospectUrl: 'https://www.linkedin.com/in/ada-vale',
      prospectName: 'Ada Vale',
      prospectCompany: 'Vale Ltd',
      prospectRole: 'CEO',
      body: 'Hello Ada',
      dayOffset: 3,
      intentSource: 'Job board',
      intentReason: 'Hiring for sales',
      expiresAt: '2026-03-09T09:00:00.000Z',
    }));

  it('tells who approved it, until when it is locked, and what came of it (S3-15, S3-16, S3-17)', () => {
    const approved = { approvedBy: 'key:k-1', approvedAt: '2026-03-02T09:00:00.000Z' };
    const sent = { sentAt: '2026-03-02T09:03:00.000Z', resultUrl: 'https://www.linkedin.com/x' };
    expect(draftRow('w-1', { ...draft, ...approved }, job)).toMatchObject({
      approvedByUserId: 'key:k-1',
      approvedAt: approved.approvedAt,
      lockedUntil: '2026-03-02T09:05:00.000Z',
    });
    const done = { ...job, ...sent, lockedUntil: '', status: 'sent' };
    expect(draftRow('w-1', { ...draft, status: 'sent' }, done)).toMatchObject(sent);
  });

  it('stays approved while a browser has it (S3-20, S3-51)', () =>
    expect(draftRow('w-1', { ...draft, status: 'claimed' }, job)).toMatchObject({
      status: 'approved',
    }));

  it('of a comment points at the post (S3-06)', () => {
    const postUrl = 'https://www.linkedin.com/posts/x-activity-7123456789-AbCd';
    const comment = { ...draft, kind: ActionKind.COMMENT, postUrl };
    expect(draftRow('w-1', comment, undefined)).toMatchObject({
      action: 'comment',
      prospectUrl: postUrl,
    });
  });

  it('is none where no browser could do it (S3-03)', () => {
    expect(draftRow('w-1', { ...draft, kind: ActionKind.INMAIL }, undefined)).toBeUndefined();
    expect(jobRow('w-1', { ...job, kind: ActionKind.VISIT }, undefined)).toBeUndefined();
  });

  it('of an action nobody had to review names the lead, and nobody once it is erased', () => {
    const lead = create(LeadSchema, { firstName: 'Ada', lastName: 'Vale', pickedSource: 'Fair' });
    expect(jobRow('w-1', job, lead)).toMatchObject({
      prospectName: 'Ada Vale',
      intentSource: 'Fair',
    });
    expect(jobRow('w-1', job, undefined)).not.toHaveProperty('prospectName');
  });

  it('comes back to the timetable when no browser fetched it', () =>
    expect(jobRow('w-1', { ...job, status: 'expired' }, undefined)).toMatchObject({
      status: 'approved',
    }));

  it('handed out carries its number and its lease (S3-37)', () => {
    const row = jobRow('w-1', job, undefined)!;
    expect(jobView(row, job)).toMatchObject({ attempt: 2, leaseId: 'l-1', id: 'e-1.0.0' });
  });
});
