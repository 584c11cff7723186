import { LeadRulesTable, type LeadRulesRow } from '../app/lead-rules.js';
import type { Scope } from '../app/scope.js';
import { fromRow, upsertRows } from './rows.js';

const leadRules = { name: 'lead_rules', key: ['tenant_id', 'campaign_id'] };

export class SqlLeadRules extends LeadRulesTable {
  override async save({ tx, tenantId }: Scope, row: LeadRulesRow): Promise<void> {
    const { exclusive = null, contactOnce = null, skipNeverAnswered = null } = row;
    const { campaignId, cooldownDays = null, version } = row;
    const rules = { exclusive, contactOnce, skipNeverAnswered, cooldownDays };
    await upsertRows(tx, leadRules, [{ tenantId, campaignId, ...rules, version }]);
  }

  override async find({ tx, tenantId }: Scope, campaignId: string): Promise<LeadRulesRow> {
    const { rows } = await tx.query(
      `select campaign_id, exclusive, contact_once, skip_never_answered, cooldown_days, version
       from lead_rules where tenant_id = $1 and campaign_id = $2`,
      [tenantId, campaignId],
    );
    return rows[0] === undefined ? { campaignId, version: 0 } : fromRow<LeadRulesRow>(rows[0]);
  }
}
