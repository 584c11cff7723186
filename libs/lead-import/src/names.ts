export interface PersonName {
  readonly firstName: string;
  readonly lastName: string;
}

const oneWord = /^[A-Za-zÀ-ÖØ-öø-ɏ'’-]+$/;
const ornaments =
  /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}|•★☆✓✔]|\u200d|\ufe0f/gu;
const bracketed = /\([^()]*\)|\[[^[\]]*\]/g;
const titles =
  /^(?:(?:dr|prof|professor|mr|mrs|ms|mx|miss|sir|ing|dipl\.?-?ing|mag|herr|frau|mme|univ\.?-?prof)(?:\.\s*|\s+))+(?=\S)/iu;
const degree =
  'ph\\.?d\\.?|mba|emba|m\\.?d\\.?|msc|m\\.sc\\.?|bsc|b\\.sc\\.?|mph|cpa|cfa|pmp|cissp|esq\\.?|ll\\.?m\\.?|phr|shrm-cp|csm|acca|pe';
const degrees = new RegExp(`(?:\\s+(?:${degree}))+$`, 'iu');

/**
 * What may stand after "Hi ": people dress their names on LinkedIn with titles, degrees, pronouns and rockets. When
 * nothing but dress is found, the name is left empty, and the row is refused.
 */
export function personName(first: string, last: string): PersonName {
  return { firstName: givenName(first), lastName: familyName(last) };
}

/** `Ada Maria Vale`, `Dr. Ada Vale, PhD`, `Vale, Ada`. */
export function splitFullName(full: string): PersonName {
  const [before = '', after = ''] = undress(full).split(/\s*,\s*/, 2);
  const head = before.replace(titles, '').trim();
  if (after !== '' && !head.includes(' ') && !isDegree(after)) return personName(after, head);
  const gap = head.indexOf(' ');
  return gap === -1
    ? { firstName: givenName(head), lastName: '' }
    : personName(head.slice(0, gap), head.slice(gap + 1));
}

function givenName(text: string): string {
  return oneWord.test(text) ? text : lettersOrNothing(undress(text).replace(titles, ''));
}

function familyName(text: string): string {
  if (oneWord.test(text)) return text;
  const [name = ''] = undress(text).split(',');
  return lettersOrNothing(name.trim().replace(degrees, ''));
}

// NFKC turns the bold and italic letters of mathematics back into plain ones.
function undress(text: string): string {
  const bare = text.normalize('NFKC').replace(bracketed, ' ').replace(ornaments, ' ');
  return bare.replace(/\s+/g, ' ').replace(/^[\s,.;:-]+|[\s,;:-]+$/g, '');
}

function isDegree(text: string): boolean {
  return degrees.test(` ${text}`);
}

function lettersOrNothing(text: string): string {
  const trimmed = text.trim();
  return /\p{L}/u.test(trimmed) ? trimmed : '';
}
