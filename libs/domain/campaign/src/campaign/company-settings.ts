import type { FieldProblem } from '@overture/kernel';
import type { CompanyCap } from '@overture/policy';

/** How a campaign treats people who work at the same company (F034). */
export interface CompanySettings {
  /** Absent: as many as come. */
  readonly cap?: CompanyCap;
  /** Once somebody of a company has answered, nobody else of it hears from the campaign. */
  readonly stopColleaguesOnReply?: boolean;
}

const bounds = { people: 1_000, days: 365 } as const;

export function companyProblems({ cap }: CompanySettings = {}): FieldProblem[] {
  if (cap === undefined) return [];
  return (['people', 'days'] as const).flatMap((name) => {
    const [value, max] = [cap[name], bounds[name]];
    if (Number.isInteger(value) && value >= 1 && value <= max) return [];
    return [{ path: `/settings/company/cap/${name}`, message: `Expected 1 to ${max}.` }];
  });
}
