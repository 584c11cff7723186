import type { MessageInitShape } from '@bufbuild/protobuf';
import type { DraftSchema, EditDraftRequest, TaskSchema } from '@overture/contracts';
import { legacyDraftStatus, type ActionStatus } from '@overture/domain-campaign';
import type { LeadDetails } from '../app/lead-details.js';
import type { ShownTask } from '../app/do-tasks.js';
import type { DraftEdit, ShownDraft } from '../app/review-drafts.js';
import { kindMessage } from './enums.js';

export function draftMessage(draft: ShownDraft): MessageInitShape<typeof DraftSchema> {
  const { rendered, lead, ...row } = draft;
  return {
    ...idsOf(row),
    kind: kindMessage(row.kind),
    messageType: row.messageType,
    variantId: row.variantId,
    status: legacyDraftStatus(row.status as ActionStatus, row.reason),
    ...rendered,
    problem: row.problem,
    dayOffset: row.dayOffset,
    scheduledFor: row.scheduledFor ?? '',
    expiresAt: row.expiresAt ?? '',
    approvedBy: row.approvedBy,
    approvedAt: row.approvedAt ?? '',
    sentAt: row.sentAt ?? '',
    reason: row.reason,
    ...personOf(lead),
    companyName: lead.companyName,
    title: lead.title,
    pickedBecause: lead.pickedBecause,
    pickedSource: lead.pickedSource,
  };
}

export function taskMessage(task: ShownTask): MessageInitShape<typeof TaskSchema> {
  const { lead, text, ...row } = task;
  return {
    ...idsOf(row),
    status: row.status,
    text,
    dueAt: row.scheduledFor ?? '',
    doneAt: row.sentAt ?? '',
    ...personOf(lead),
  };
}

/** What is not said stays as it is. */
export function editOf({ actionId, text, subject }: EditDraftRequest): DraftEdit {
  return {
    actionId,
    ...(text !== undefined && { text }),
    ...(subject !== undefined && { subject }),
  };
}

function idsOf(row: Omit<ShownDraft, 'rendered' | 'lead' | 'problem' | 'dayOffset'>) {
  const { actionId, enrollmentId, campaignId, leadId, identityId, stepId } = row;
  return { actionId, enrollmentId, campaignId, leadId, identityId, stepId };
}

function personOf({ firstName, lastName, linkedinUrl }: LeadDetails) {
  return { firstName, lastName, linkedinUrl };
}
