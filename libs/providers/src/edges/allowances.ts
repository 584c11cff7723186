import type { Allowances } from '../linkedin-provider.js';
import { compact, count, isObject, text, type Json } from './json.js';

/** Edges' Smart Limit state of an action; several windows may stand in it, and the tightest counts. */
export function remainingOf(
  state: Json,
  concerns: (limit: Json) => boolean = () => true,
): number | undefined {
  const limits = Array.isArray(state['limits']) ? state['limits'].filter(isObject) : [];
  const left = limits.filter(concerns).flatMap((limit) => count(limit['remaining']) ?? []);
  return left.length === 0 ? undefined : Math.min(...left);
}

/** Personalised notes have a limit of their own among those of connecting; nothing public says how it is named. */
export function isOfNotes(limit: Json): boolean {
  return /note|personali[sz]ed/i.test(`${text(limit['slug']) ?? ''} ${text(limit['name']) ?? ''}`);
}

export function readAllowances({ inmail, connect }: { inmail: Json; connect: Json }): Allowances {
  return compact({
    inmailCredits: remainingOf(inmail),
    notesLeft: remainingOf(connect, isOfNotes),
  }) as Allowances;
}
