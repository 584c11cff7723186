import type { Enrollment, Lead } from '@overture/contracts';

type Cell = (lead: Lead, enrollment: Enrollment | undefined) => string;

// The first five are what an import needs, so that what was taken out can be brought in again (S2-12, S2-13).
const columns: Readonly<Record<string, Cell>> = {
  first_name: ({ firstName }) => firstName,
  last_name: ({ lastName }) => lastName,
  linkedin_url: ({ linkedinUrl }) => linkedinUrl,
  company_name: ({ companyName }) => companyName,
  title: ({ title }) => title,
  email: ({ email }) => email,
  company_website: ({ companyWebsite }) => companyWebsite,
  time_zone: ({ timeZone }) => timeZone,
  picked_source: ({ pickedSource }) => pickedSource,
  picked_because: ({ pickedBecause }) => pickedBecause,
  campaign_name: (_, enrollment) => enrollment?.campaignName ?? '',
  status: (_, enrollment) => enrollment?.status ?? '',
  reason: (_, enrollment) => enrollment?.reason ?? '',
  connection_accepted_at: (_, enrollment) => enrollment?.connectionAcceptedAt ?? '',
  replied_at: (_, enrollment) => enrollment?.repliedAt ?? '',
  lead_id: ({ leadId }) => leadId,
  duplicate_of: ({ duplicateOf }) => duplicateOf,
  campaign_id: (_, enrollment) => enrollment?.campaignId ?? '',
  identity_id: (_, enrollment) => enrollment?.identityId ?? '',
  custom_fields: ({ customFields }) =>
    Object.keys(customFields).length === 0 ? '' : JSON.stringify(customFields),
};

// What a spreadsheet would take for a formula, also behind blanks and in its full-width form; an apostrophe makes it text.
const formula = /^[\s\u200b\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

// Spreadsheet programs know UTF-8 by this mark only.
export const csvHead = `\ufeff${line(Object.keys(columns))}`;

export interface RowsWanted {
  readonly campaignId: string;
  readonly status: string;
  readonly identityId: string;
  readonly accepted: boolean;
}

/** One line for each enrollment that was asked for; a lead in no campaign has one line of its own. */
export function csvOf(lead: Lead, wanted: RowsWanted): string {
  const rows = lead.enrollments.filter((enrollment) => isWanted(enrollment, wanted));
  const asked = rows.length > 0 ? rows : lead.enrollments.length === 0 ? [undefined] : [];
  return asked
    .map((enrollment) => line(Object.values(columns).map((cell) => cell(lead, enrollment))))
    .join('');
}

function isWanted(enrollment: Enrollment, wanted: RowsWanted): boolean {
  const { campaignId, status, identityId, accepted } = wanted;
  if (campaignId !== '' && enrollment.campaignId !== campaignId) return false;
  if (status !== '' && enrollment.status !== status) return false;
  if (identityId !== '' && enrollment.identityId !== identityId) return false;
  return !accepted || enrollment.connectionAcceptedAt !== '';
}

function line(cells: readonly string[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`;
}

function cellOf(text: string): string {
  const plain = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
