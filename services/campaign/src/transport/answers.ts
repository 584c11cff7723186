import type { MessageInitShape } from '@bufbuild/protobuf';
import type {
  ActionSchema,
  CampaignSchema,
  EnrollmentSchema,
  ImportSchema,
  ImportRowVerdictSchema,
  LeadEventSchema,
  LeadSchema,
} from '@overture/contracts';
import { legacyQueueStatus, legacyStatus, type ShownStatus } from '@overture/domain-campaign';
import type { ShownCampaign } from '../app/campaigns.js';
import type { EnrollmentRow } from '../app/enrollment-view.js';
import type { LeadEventRow, ListedAction } from '../app/enrollments.js';
import type { ImportRow, RowVerdict } from '../app/imports.js';
import type { ShownLead } from '../app/leads.js';
import { plainSchedule, plainSettings } from '../app/plain.js';
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
    schedule: plainSchedule(row.schedule),
    settings: plainSettings(row.settings),
    createdAt,
    launchedAt,
    version,
    warnings: [...row.warnings],
  };
}

export function leadMessage(lead: ShownLead): MessageInitShape<typeof LeadSchema> {
  const { enrollments, customFields, ...known } = lead;
  return {
    ...known,
    customFields: { ...customFields },
    enrollments: enrollments.map(enrollmentMessage),
  };
}

export function enrollmentMessage(row: EnrollmentRow): MessageInitShape<typeof EnrollmentSchema> {
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
    legacyStatus: { ...legacyStatus(status as ShownStatus) },
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
  return {
    eventId,
    enrollmentId: streamId.slice(streamId.indexOf('-') + 1),
    version,
    type,
    dataJson: JSON.stringify(data),
    at: recordedAt,
    actor: meta.actor ?? '',
    causationId: meta.causationId ?? '',
    correlationId: meta.correlationId ?? '',
  };
}
