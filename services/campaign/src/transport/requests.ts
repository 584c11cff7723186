import { create } from '@bufbuild/protobuf';
import {
  NewLeadSchema,
  type ListLeadsRequest,
  type NewLead as NewLeadMessage,
} from '@overture/contracts';
import type { CommandContext } from '@overture/messaging';
import { instantOf } from '@overture/service-kit';
import type { NewLead } from '../app/lead-details.js';
import { tagOf } from '../app/lead-tags.js';
import type { LeadsWanted } from '../app/leads.js';
import type { Caller } from '../app/scope.js';
import type { PageWanted } from '../app/tables.js';

const pageMax = 200;
const pageDefault = 50;

export function callerOf({ tenantId, meta }: CommandContext): Caller {
  return { tenantId, meta };
}

export function pageWanted({ limit, cursor }: { limit: number; cursor: string }): PageWanted {
  const wanted = limit > 0 ? limit : pageDefault;
  return { limit: Math.min(wanted, pageMax), cursor };
}

export function leadOf(message: NewLeadMessage | undefined): NewLead {
  const { $typeName: _, $unknown: __, ...lead } = message ?? create(NewLeadSchema);
  return lead;
}

export function leadsWanted(request: ListLeadsRequest): LeadsWanted {
  const { campaignId, status, identityId, accepted, changedSince, tag } = request;
  const since = changedSince && { changedSince: instantOf(changedSince, '/changedSince') };
  return {
    ...pageWanted(request),
    campaignId,
    status,
    identityId,
    accepted,
    tag: tagOf(tag),
    ...since,
  };
}

const relations = ['first_degree', 'pending', 'not_connected'] as const;

/** A word this release does not know is as good as having seen nothing. */
export function relationOf(text: string): (typeof relations)[number] | 'unknown' {
  return relations.find((relation) => relation === text) ?? 'unknown';
}
