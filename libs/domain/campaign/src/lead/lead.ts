import { DomainError, type Decider, type Instant } from '@overture/kernel';
import type { LeadEnriched, LeadEvent, LeadNotEnriched } from './events.js';

/** Two leads may be one person; the fields themselves are sealed elsewhere and only their changes are facts. */
export interface Lead {
  /** The older lead of the same person; empty: this one is nobody's duplicate. */
  readonly duplicateOf: string;
  /** Leads that a person has said to be somebody else. */
  readonly apartFrom: readonly string[];
  /** Fields that somebody has written by hand: what is read from LinkedIn leaves them alone (F050). */
  readonly byHand: readonly string[];
}

export type LeadCommand =
  | { type: 'ChangeLead'; data: { leadId: string; fields: readonly string[]; at: Instant } }
  /** `fields` are those that LinkedIn shows otherwise. */
  | { type: 'EnrichLead'; data: LeadEnriched['data'] }
  | { type: 'MissProfile'; data: LeadNotEnriched['data'] }
  | {
      type: 'MergeLead';
      data: { leadId: string; duplicateOf: string; witness: string; at: Instant };
    }
  | {
      type: 'SeparateLead';
      data: {
        leadId: string;
        /** Everybody it was taken for. */
        others: readonly string[];
        reason: string;
        by: string;
        at: Instant;
      };
    };

type Of<Type extends LeadCommand['type']> = Extract<LeadCommand, { type: Type }>;

/** What becomes of a lead beside its campaigns; leads that nothing happened to have no stream. */
export const lead: Decider<Lead, LeadCommand, LeadEvent> = {
  initialState: { duplicateOf: '', apartFrom: [], byHand: [] },
  decide: decideLead,
  evolve: evolveLead,
};

function decideLead(command: LeadCommand, state: Lead): LeadEvent[] {
  switch (command.type) {
    case 'ChangeLead':
      return command.data.fields.length === 0 ? [] : [{ type: 'LeadChanged', data: command.data }];
    case 'EnrichLead':
      return [{ type: 'LeadEnriched', data: { ...command.data, fields: renewed(command, state) } }];
    case 'MissProfile':
      return [{ type: 'LeadNotEnriched', data: command.data }];
    case 'MergeLead':
      return mergeLead(command, state);
    case 'SeparateLead':
      return separateLead(command, state);
  }
}

// What a person wrote is right, whatever LinkedIn shows; what a file or a search brought is renewed.
function renewed({ data }: Of<'EnrichLead'>, { byHand }: Lead): string[] {
  return data.fields.filter((field) => !byHand.includes(field));
}

// Who was told apart by a person is not merged again by the sign that merged them wrongly (M14).
function mergeLead({ data }: Of<'MergeLead'>, state: Lead): LeadEvent[] {
  const { leadId, duplicateOf } = data;
  const known = state.duplicateOf === duplicateOf || state.apartFrom.includes(duplicateOf);
  return known || leadId === duplicateOf ? [] : [{ type: 'LeadMerged', data }];
}

function separateLead({ data }: Of<'SeparateLead'>, state: Lead): LeadEvent[] {
  const { others, ...known } = data;
  if (state.duplicateOf === '' && state.apartFrom.length > 0) return [];
  if (state.duplicateOf === '') {
    throw new DomainError('lead/not-merged', 'This lead is not shown as the duplicate of another.');
  }
  const separatedFrom = [...new Set([state.duplicateOf, ...others])];
  return [{ type: 'LeadSeparated', data: { ...known, separatedFrom } }];
}

function evolveLead(state: Lead, event: LeadEvent): Lead {
  switch (event.type) {
    case 'LeadChanged':
      return { ...state, byHand: [...new Set([...state.byHand, ...event.data.fields])] };
    case 'LeadEnriched':
    case 'LeadNotEnriched':
      return state;
    case 'LeadMerged':
      return { ...state, duplicateOf: event.data.duplicateOf };
    case 'LeadSeparated': {
      const apartFrom = [...state.apartFrom, ...event.data.separatedFrom];
      return { ...state, duplicateOf: '', apartFrom };
    }
  }
}
