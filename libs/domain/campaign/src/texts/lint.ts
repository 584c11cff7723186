import { masked } from './mask.js';
import { genericPitch } from './pitch.js';

export type LintCode =
  | 'text/all-caps'
  | 'text/excess-punctuation'
  | 'text/long'
  | 'text/generic-pitch'
  | 'text/many-links'
  | 'text/not-personal';

/** What is allowed but seldom wise, and where it stands: positions count from 1, in UTF-16 units (S2-53, F065). */
export interface TextWarning {
  readonly code: LintCode;
  readonly message: string;
  readonly position: number;
  readonly length: number;
}

export interface Linted {
  readonly kind: string;
  /** The first that this person reads of us: here a name is missed most. */
  readonly opening: boolean;
}

/** Reads what an author wrote as its receiver would; what a lead's own fields say is nobody's fault. */
export function lintText(text: string, about: Linted): TextWarning[] {
  const { words, lengthMax, fields } = masked(text);
  return [
    ...shouting(words),
    ...punctuation(words),
    ...long(lengthMax, text, about),
    ...pitch(words),
    ...links(words, about),
    ...impersonal(fields, text, about),
  ].sort((a, b) => a.position - b.position);
}

// A word of five letters is no abbreviation any more; neither are short ones in a row that make six.
const capitals = /(?<![\p{L}\d])(?:\p{Lu}{5,}|\p{Lu}{2,}(?:[\s-]+\p{Lu}{2,})+)(?![\p{L}\d])/gu;
const shoutedLettersMin = 5;

function shouting(words: string): TextWarning[] {
  return [...words.matchAll(capitals)]
    .filter(([what]) => what.replace(/[\s-]/g, '').length >= shoutedLettersMin)
    .map((match) => warning('text/all-caps', match, `“${oneLine(match[0])}” is in capitals.`));
}

const excess = /[!?](?:\s?[!?])+|\.{4,}|…{2,}|[,;:]{2,}/gu;
const exclamationsMax = 2;

function punctuation(words: string): TextWarning[] {
  const runs = [...words.matchAll(excess)].map((match) =>
    warning('text/excess-punctuation', match, `“${match[0]}” is more than one mark.`),
  );
  const marks = [...words.matchAll(/!/g)];
  const third = marks[exclamationsMax];
  if (third === undefined || runs.some(({ message }) => message.includes('!'))) return runs;
  const message = `${marks.length} exclamation marks; at most ${exclamationsMax} are advised.`;
  return [...runs, warning('text/excess-punctuation', third, message)];
}

// A note that is longer fits no free account. LinkedIn's own count of InMails finds those under 400 characters answered
// most; a message is read on the same screen.
const lengthAdvised: Readonly<Record<string, number>> = {
  connect: 200,
  message: 400,
  inmail: 400,
  comment: 400,
};

function long(lengthMax: number, text: string, { kind }: Linted): TextWarning[] {
  const advised = lengthAdvised[kind];
  if (advised === undefined || lengthMax <= advised) return [];
  const message = `${lengthMax} characters before any field; up to ${advised} are advised.`;
  return [{ code: 'text/long', message, position: 1, length: text.length }];
}

function pitch(words: string): TextWarning[] {
  return [...words.matchAll(genericPitch)].map((match) =>
    warning('text/generic-pitch', match, `“${oneLine(match[0])}” is in everybody's messages.`),
  );
}

const link =
  /(?:https?:\/\/|www\.)[^\s<>)]+|(?<![\w@.])[a-z0-9-]+\.(?:com|org|net|io|ai|co|app|ly)(?:\/[^\s<>)]*)?(?![\w.-]*\w)/giu;
const linksAdvised: Readonly<Record<string, number>> = { connect: 0 };

function links(words: string, { kind }: Linted): TextWarning[] {
  const max = linksAdvised[kind] ?? 1;
  const all = [...words.matchAll(link)];
  const tooMany = all[max];
  if (tooMany === undefined) return [];
  const advised = max === 0 ? 'none is' : `${max} is`;
  const message = `${all.length} links; at most ${advised} advised.`;
  return [warning('text/many-links', tooMany, message)];
}

function impersonal(fields: number, text: string, { kind, opening }: Linted): TextWarning[] {
  const speaks = ['connect', 'message', 'inmail'].includes(kind) && text.trim() !== '';
  if (!speaks || !opening || fields > 0) return [];
  const message =
    'Everybody gets the same words; name something of the lead, such as {first_name}.';
  return [{ code: 'text/not-personal', message, position: 1, length: text.length }];
}

function warning(code: LintCode, match: RegExpMatchArray, message: string): TextWarning {
  return { code, message, position: (match.index ?? 0) + 1, length: match[0].length };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
