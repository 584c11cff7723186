/** What a template may name. Custom fields are written `{custom.<name>}`, so that a typing error is never one. */
export const standardFields = [
  'first_name',
  'last_name',
  'full_name',
  'company_name',
  'title',
] as const;

export const customPrefix = 'custom.';

/** Values by field name (`first_name`, `custom.seats`); blank counts as missing. */
export type FieldValues = Readonly<Record<string, string | undefined>>;

/** What is known of a lead, as it is stored. */
export interface LeadFields {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly companyName?: string;
  readonly title?: string;
  readonly customFields?: Readonly<Record<string, string>>;
}

export function isKnownField(name: string): boolean {
  const custom = name.startsWith(customPrefix) && name.length > customPrefix.length;
  return custom || (standardFields as readonly string[]).includes(name);
}

/** The values a lead gives to the fields of a template. */
export function fieldValues(lead: LeadFields): FieldValues {
  const { firstName = '', lastName = '' } = lead;
  const custom = Object.entries(lead.customFields ?? {}).map(
    ([name, value]) => [`${customPrefix}${name}`, value] as const,
  );
  return {
    ...Object.fromEntries(custom),
    first_name: firstName,
    last_name: lastName,
    full_name: firstName !== '' && lastName !== '' ? `${firstName} ${lastName}` : '',
    company_name: lead.companyName,
    title: lead.title,
  };
}

const braced = /\{([^{}|]+)(?:\|[^{}]*)?\}/g;

/**
 * What a lead has for a field. Blank is nothing, and so is `{first_name}` itself: the tool that wrote the list failed to
 * fill it in, and nobody is to read "Hi {first_name}" (P05).
 */
export function valueOf(values: FieldValues, name: string): string | undefined {
  const value = Object.hasOwn(values, name) ? values[name]?.trim() : undefined;
  return value === undefined || value === '' || isUnfilled(value) ? undefined : value;
}

/** Whether words hold a field, or a part of a condition, that nobody filled in. Other braces are somebody's style. */
export function isUnfilled(words: string): boolean {
  if (!words.includes('{')) return false;
  return [...words.matchAll(braced)].some(([, name = '']) => {
    const inside = name.trim();
    return isKnownField(inside) || /^(?:else|end|if\s.*)$/s.test(inside);
  });
}
