import { lintSteps, warningLine, type StepWarning } from '@overture/domain-campaign';
import { shown } from './campaigns.js';
import { findCampaign } from './decide-campaign.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller } from './scope.js';

export interface LintReport {
  readonly campaignId: string;
  readonly sequenceVersion: number;
  readonly warnings: readonly StepWarning[];
  /** On the sequence as a whole (S2-54). */
  readonly advice: readonly string[];
}

/** What a reader would stumble over, with the place of it (S2-53, F065). */
export function lintCampaign(
  ports: Ports,
  caller: Caller,
  campaignId: string,
): Promise<LintReport> {
  return inTransaction(ports, caller, async (scope) => {
    const row = await findCampaign(ports, scope, campaignId);
    const { sequence, warnings: lines } = await shown(ports, scope, row);
    const warnings = lintSteps(sequence.steps);
    const told = new Set(warnings.map(warningLine));
    const advice = lines.filter((line) => !told.has(line));
    return { campaignId, sequenceVersion: sequence.version, warnings, advice };
  });
}
