import { plus, type Instant } from '@overture/kernel';
import {
  currentAction,
  enrollment,
  type Enrolled,
  type Enrollment,
  type EnrollmentCommand,
  type EnrollmentEvent,
  type Planning,
  type Relation,
} from '../src/index.js';
import { branching } from './branching.js';
import { command, ref, start } from './story.js';

/** One lead's life told by what happens to it, step by step; every method gives the events of that step. */
export class Life {
  state: Enrollment = enrollment.initialState;
  readonly history: EnrollmentEvent[] = [];
  at: Instant = start;

  constructor(private planning: Planning = branching) {}

  follow(planning: Planning): this {
    this.planning = planning;
    return this;
  }

  get lead(): Enrolled {
    if (this.state.status === 'new') throw new Error('Nobody is enrolled.');
    return this.state;
  }

  do<Type extends EnrollmentCommand['type']>(
    type: Type,
    data: Omit<Extract<EnrollmentCommand, { type: Type }>['data'], 'at' | 'planning'>,
  ): EnrollmentEvent[] {
    const whole = plain.has(type) ? data : { planning: this.planning, ...data };
    const said = command(type, whole as never, this.at);
    const events = [...enrollment.decide(said, this.state)];
    this.history.push(...events);
    this.state = events.reduce(enrollment.evolve, this.state);
    return events;
  }

  later(ms: number): this {
    this.at = plus(this.at, ms);
    return this;
  }

  begin(relation: Relation = 'not_connected', known: object = {}): this {
    const version = this.planning.sequence.version;
    const campaignType = 'connector' as const;
    this.do('EnrollLead', {
      ...ref,
      campaignType,
      sequenceVersion: version,
      fingerprints: ['f-1'],
    });
    this.do('CheckRelation', { relation, lastMessageFromLead: false, ...known });
    return this;
  }

  /** The action whose turn it is goes out and works. */
  send(text = 'abc'): EnrollmentEvent[] {
    const action = currentAction(this.lead);
    if (action === undefined) throw new Error('Nothing is planned.');
    const { actionId, kind, notBefore } = action;
    if (this.at < notBefore) this.at = notBefore;
    const epoch = action.epoch + 1;
    const relation = relationFor[kind] ?? 'not_connected';
    this.do('IntendAction', { actionId, epoch, textSha256: text, syncedAt: this.at, relation });
    return this.do('RecordAccepted', { actionId, epoch });
  }

  accept(): EnrollmentEvent[] {
    return this.do('RecordAcceptance', { acceptedAt: this.at, witness: 'sync' });
  }

  reply(messageId = 'm-1'): EnrollmentEvent[] {
    return this.do('RecordReply', { messageId, repliedAt: this.at, witness: 'sync' });
  }

  pass(): EnrollmentEvent[] {
    return this.do('PassDeadline', {});
  }

  /** Invited, and nobody has answered yet. */
  invite(): this {
    this.begin();
    this.send();
    this.send();
    return this;
  }
}

type Facts<Type extends EnrollmentEvent['type']> = Extract<EnrollmentEvent, { type: Type }>['data'];

/** What is decided without a plan. */
const plain: ReadonlySet<string> = new Set([
  'EnrollLead',
  'IntendAction',
  'RecordReply',
  'PauseEnrollment',
  'ResumeEnrollment',
  'StopEnrollment',
  'EditDraft',
  'ApproveDraft',
]);

const relationFor: Readonly<Record<string, Relation>> = {
  message: 'first_degree',
  withdraw: 'pending',
};

/** What kind of events these are, in order. */
export function typesOf(events: readonly EnrollmentEvent[]): string[] {
  return events.map(({ type }) => type);
}

/** The facts of the one event of this type. */
export function factOf<Type extends EnrollmentEvent['type']>(
  events: readonly EnrollmentEvent[],
  type: Type,
): Facts<Type> {
  const found = events.find((event) => event.type === type);
  if (found === undefined) throw new Error(`No ${type} among ${typesOf(events).join(', ')}.`);
  return found.data as unknown as Facts<Type>;
}

export function refusalOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Error && 'code' in error) return String(error.code);
    throw error;
  }
  throw new Error('It was not refused.');
}
