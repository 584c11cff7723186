import {
  LeadChangedSchema,
  LeadEnrichedSchema,
  LeadMergedSchema,
  LeadNotEnrichedSchema,
  LeadRulesSetSchema,
  LeadSeparatedSchema,
} from '@overture/contracts';
import type { LeadEvent, LeadRulesSet } from '@overture/domain-campaign';
import { published, type Published } from '@overture/messaging';

/** The public form of what happens to a lead beside its campaigns. */
export function publishLead(event: LeadEvent): Published {
  switch (event.type) {
    case 'LeadChanged': {
      const fields = [...event.data.fields];
      return published(LeadChangedSchema, { ...event.data, fields });
    }
    case 'LeadEnriched': {
      const fields = [...event.data.fields];
      return published(LeadEnrichedSchema, { ...event.data, fields });
    }
    case 'LeadNotEnriched':
      return published(LeadNotEnrichedSchema, event.data);
    case 'LeadMerged':
      return published(LeadMergedSchema, event.data);
    case 'LeadSeparated': {
      const separatedFrom = [...event.data.separatedFrom];
      return published(LeadSeparatedSchema, { ...event.data, separatedFrom });
    }
  }
}

export function publishLeadRules({ data }: LeadRulesSet): Published {
  return published(LeadRulesSetSchema, data);
}
