import type { MessageInitShape } from '@bufbuild/protobuf';
import type {
  ActionSchema,
  CampaignSchema,
  EnrollmentSchema,
  ImportSchema,
  ImportRowVerdictSchema,
  LeadEventSchema,
  LeadSchema,
  UnreadyLeadsSchema,
} from '@overture/contracts';
import {
  enrollmentCategory,
  legacyDraftStatus,
  legacyQueueStatus,
  legacyStatus,
  scheduleInForce,
  settingsInForce,
  type ShownStatus,
} from '@overture/domain-campaign';
import { hoursMessage } from '@overture/service-kit';
import type { ShownCampaign } from '../app/campaigns.js';
import type { LeadEventRow, ListedAction } from '../app/enrollments.js';
import type { ImportRow, RowVerdict } from '../app/imports.js';
import type { ShownEnrollment, ShownLead } from '../app/leads.js';
import type { Unready } from '../app/lacking-after-move.js';
import { plainSettings } from '../app/plain.js';
import { kindMessage, typeMessage } from './enums.js';
import { sequenceMessage } from './sequence-messages.js';

export function campaignMessage(row: ShownCampaign): MessageInitShape<typeof CampaignSchema> {
  const { campaignId, name, status, createdAt, launchedAt = '', version } = row;
  return {
    campaignId,
    name,
    type: typeMessage(row.type),
    status,
    identityIds: [...row.identityIds],
    sequence: sequenceMessage(row.sequence),
    schedule: hoursMessage(scheduleInForce(row.schedule)),
    settings: plainSettings(settingsInForce(row.settings)),
    createdAt,
    launchedAt,
    version,
    warnings: [...row.warnings],
    ...(row.unready && { unready: unreadyMessage(row.unready) }),
  };
}

// Without names: an answer may be kept for a repeated call.
function unreadyMessage({ leads, more }: Unready): MessageInitShape<typeof UnreadyLeadsSchema> {
  const named = leads.map(({ leadId, fields, stepIds }) => {
    return { leadId, fields: [...fields], stepIds: [...stepIds] };
  });
  return { leads: named, more };
}

export function leadMessage(lead: ShownLead): MessageInitShape<typeof LeadSchema> {
  const { enrollments, customFields, tags, memberId: _, enrichedAt = '', ...known } = lead;
  return {
    ...known,
    enrichedAt,
    tags: [...tags],
    customFields: { ...customFields },
    enrollments: enrollments.map(enrollmentMessage),
  };
}

export function enrollmentMessage(row: ShownEnrollment): MessageInitShape<typeof EnrollmentSchema> {
  const { enrollmentId, campaignId, identityId, status, reason, nextActionId, version } = row;
  return {
    enrollmentId,
    campaignId,
    identityId,
    status,
    reason,
    nextActionId,
    nextActionAt: row.nextActionAt ?? '',
    version,
    connectionAcceptedAt: row.connectionAcceptedAt ?? '',
    repliedAt: row.repliedAt ?? '',
    sequenceVersion: row.sequenceVersion,
    stepId: row.stepId,
    deadlineAt: row.deadlineAt ?? '',
    legacyStatus: { ...legacyStatus(status as ShownStatus) },
    campaignName: row.campaignName,
  };
}

export function actionMessage(row: ListedAction): MessageInitShape<typeof ActionSchema> {
  const { actionId, enrollmentId, campaignId, leadId, identityId, messageType, reason } = row;
  const queued = row.status === 'waiting' ? 'pending' : legacyQueueStatus(row.status);
  return {
    actionId,
    enrollmentId,
    campaignId,
    leadId,
    identityId,
    kind: kindMessage(row.kind),
    messageType,
    requiresConnection: row.requiresConnection,
    status: row.status,
    queueStatus: queued,
    scheduledFor: row.scheduledFor ?? '',
    sentAt: row.sentAt ?? '',
    reason,
    stepId: row.stepId,
    variantId: row.variantId,
    expiresAt: row.expiresAt ?? '',
    approvedBy: row.approvedBy,
    approvedAt: row.approvedAt ?? '',
    draftStatus: row.status === 'waiting' ? '' : legacyDraftStatus(row.status, reason),
  };
}

export function importMessage(row: ImportRow): MessageInitShape<typeof ImportSchema> {
  const { importId, campaignId, fileName, status, rows, createdAt } = row;
  const { importable, imported, duplicates, rejected } = row;
  return {
    importId,
    campaignId,
    fileName,
    status,
    rows,
    importable,
    imported,
    duplicates,
    rejected,
    mapping: { ...row.mapping },
    createdAt,
  };
}

export function rowVerdictMessage({
  rowNo,
  verdict,
  reason,
  duplicateOfRow,
  leadId,
}: RowVerdict): MessageInitShape<typeof ImportRowVerdictSchema> {
  return { row: rowNo, verdict, reason, duplicateOfRow, leadId };
}

export function leadEventMessage(row: LeadEventRow): MessageInitShape<typeof LeadEventSchema> {
  const { eventId, streamId, version, type, data, meta, recordedAt } = row;
  // The lead's own stream is about no enrollment.
  const isOfEnrollment = streamId.startsWith(`${enrollmentCategory}-`);
  return {
    eventId,
    enrollmentId: isOfEnrollment ? streamId.slice(`${enrollmentCategory}-`.length) : '',
    version,
    type,
    dataJson: JSON.stringify(data),
    at: recordedAt,
    actor: meta.actor ?? '',
    causationId: meta.causationId ?? '',
    correlationId: meta.correlationId ?? '',
  };
}
