import { InvalidInputError, type FieldProblem } from '@overture/kernel';
import type { SequenceDraft } from './commands.js';
import { stepIdOf } from './graph.js';
import { stepKinds, type CampaignType, type Sequence, type Step } from './sequence.js';

/** A sequence as a file that people keep, send and put into another campaign (F017). */
export interface SequenceFile extends Omit<SequenceDraft, 'steps'> {
  readonly format: typeof sequenceFileFormat;
  readonly formatVersion: 1;
  readonly type: CampaignType;
  readonly steps: readonly Step[];
}

export const sequenceFileFormat = 'overture.sequence';

export function writeSequenceFile(type: CampaignType, sequence: Sequence): SequenceFile {
  const { version: _, steps, ...rest } = sequence;
  // Named, so that a step keeps its name when somebody moves it in the file.
  const named = steps.map((step, index) => ({ id: stepIdOf(steps, index), ...step }));
  return { format: sequenceFileFormat, formatVersion: 1, type, ...rest, steps: named };
}

/** Whatever a file may hold: what is wrong is named by its place in the file. */
export function readSequenceFile(file: unknown): { type: CampaignType; sequence: SequenceDraft } {
  const problems = shapeProblems(file, fileShape, '');
  if (problems.length > 0) throw new InvalidInputError(problems);
  const { format: _, formatVersion: __, type, ...sequence } = file as SequenceFile;
  return { type, sequence };
}

type Check = (value: unknown, path: string) => FieldProblem[];

interface Shape {
  readonly needed: Readonly<Record<string, Check>>;
  readonly allowed: Readonly<Record<string, Check>>;
}

function shapeProblems(value: unknown, { needed, allowed }: Shape, path: string): FieldProblem[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [{ path: path || '/', message: 'Expected an object.' }];
  }
  const fields = Object.entries(value);
  const missing = Object.keys(needed)
    .filter((name) => !Object.hasOwn(value, name))
    .map((name) => ({ path: `${path}/${name}`, message: 'Missing.' }));
  const wrong = fields.flatMap(([name, field]) => {
    const check = Object.hasOwn(needed, name) ? needed[name] : own(allowed, name);
    const at = `${path}/${name}`;
    return check === undefined ? [{ path: at, message: 'Unknown field.' }] : check(field, at);
  });
  return [...missing, ...wrong];
}

function own(checks: Readonly<Record<string, Check>>, name: string): Check | undefined {
  return Object.hasOwn(checks, name) ? checks[name] : undefined;
}

const isA =
  (type: 'string' | 'number' | 'boolean'): Check =>
  (value, path) =>
    typeof value === type ? [] : [{ path, message: `Expected a ${type}.` }];

const oneOf =
  (...words: readonly (string | number)[]): Check =>
  (value, path) =>
    words.includes(value as string) ? [] : [{ path, message: `Expected ${words.join(', ')}.` }];

const listOf =
  (shape: Shape): Check =>
  (value, path) =>
    Array.isArray(value)
      ? value.flatMap((item, index) => shapeProblems(item, shape, `${path}/${index}`))
      : [{ path, message: 'Expected a list.' }];

const text = isA('string');

const variantShape: Shape = {
  needed: { id: text, text },
  allowed: { subject: text, weight: isA('number') },
};

const branchShape: Shape = {
  needed: { when: oneOf('accepted_within', 'replied_before', 'field'), yes: text, no: text },
  allowed: {
    days: isA('number'),
    name: text,
    op: oneOf('present', 'equals', 'contains'),
    value: text,
  },
};

const stepShape: Shape = {
  needed: { kind: oneOf(...stepKinds), delayMs: isA('number'), text },
  allowed: {
    id: text,
    next: text,
    subject: text,
    postUrl: text,
    review: isA('boolean'),
    longNote: isA('boolean'),
    variants: listOf(variantShape),
    branch: (value, path) => shapeProblems(value, branchShape, path),
  },
};

const fileShape: Shape = {
  needed: {
    format: oneOf(sequenceFileFormat),
    formatVersion: oneOf(1),
    type: oneOf('connector', 'messenger'),
    steps: listOf(stepShape),
  },
  allowed: {
    acceptWithinDays: isA('number'),
    lateAcceptance: oneOf('message', 'park', 'ignore'),
    whenNotAccepted: oneOf('expire', 'withdraw'),
    review: isA('boolean'),
  },
};
