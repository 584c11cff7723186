import { create } from '@bufbuild/protobuf';
import {
  NewLeadSchema,
  type NewLead as NewLeadMessage,
  type Schedule,
  type Sequence,
} from '@overture/contracts';
import type { SequenceDraft } from '@overture/domain-campaign';
import { instant, InvalidInputError, type Instant } from '@overture/kernel';
import type { CommandContext } from '@overture/messaging';
import type { Schedule as DomainSchedule } from '@overture/policy';
import type { NewLead } from '../app/lead-details.js';
import type { Caller } from '../app/scope.js';
import type { PageWanted } from '../app/tables.js';
import { kindOf } from './enums.js';

const pageMax = 200;
const pageDefault = 50;

export function callerOf({ tenantId, meta }: CommandContext): Caller {
  return { tenantId, meta };
}

export function pageWanted({ limit, cursor }: { limit: number; cursor: string }): PageWanted {
  const wanted = limit > 0 ? limit : pageDefault;
  return { limit: Math.min(wanted, pageMax), cursor };
}

export function sequenceDraft({ steps, acceptWithinDays }: Sequence): SequenceDraft {
  const known = steps.map(({ kind, delayMs, text }, index) => {
    return { kind: kindOf(kind, `/sequence/steps/${index}/kind`), delayMs: Number(delayMs), text };
  });
  return { steps: known, ...(acceptWithinDays > 0 && { acceptWithinDays }) };
}

export function scheduleOf({ windows, fallbackZone, daysOff }: Schedule): DomainSchedule {
  const plain = windows.map(({ weekdays, from, until }) => ({ weekdays, from, until }));
  return { windows: plain, fallbackZone: fallbackZone || 'Etc/UTC', daysOff };
}

export function leadOf(message: NewLeadMessage | undefined): NewLead {
  const { $typeName: _, $unknown: __, ...lead } = message ?? create(NewLeadSchema);
  return lead;
}

export function instantOf(text: string, path: string): Instant {
  try {
    return instant(text);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new InvalidInputError([{ path, message: 'Expected an RFC 3339 instant.' }]);
  }
}

const relations = ['first_degree', 'pending', 'not_connected'] as const;

/** A word this release does not know is as good as having seen nothing. */
export function relationOf(text: string): (typeof relations)[number] | 'unknown' {
  return relations.find((relation) => relation === text) ?? 'unknown';
}
