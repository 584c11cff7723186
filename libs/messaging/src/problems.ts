import {
  DomainError,
  InvalidInputError,
  NotFoundError,
  TransientError,
  type ErrorValues,
  type FieldProblem,
} from '@overture/kernel';

/** Present on an answer whose body is a problem; its value is the kind. */
export const problemHeader = 'overture-problem';

export type ProblemKind = 'domain' | 'not-found' | 'invalid-input' | 'transient' | 'unexpected';

export interface Problem {
  readonly kind: ProblemKind;
  readonly code: string;
  readonly message: string;
  readonly values: ErrorValues;
}

/** The error as it travels. What is our own bug says nothing of its inside. */
export function toProblem(error: unknown): Problem {
  if (error instanceof DomainError) {
    const { code, message, values } = error;
    return { kind: kindOf(error), code, message, values };
  }
  if (error instanceof TransientError) {
    return { kind: 'transient', code: 'service/unavailable', message: error.message, values: {} };
  }
  const message = 'The service failed on this request; its log says why.';
  return { kind: 'unexpected', code: 'service/failed', message, values: {} };
}

/** The error as the caller sees it: of the same kind as was thrown. */
export function fromProblem({ kind, code, message, values }: Problem): Error {
  switch (kind) {
    case 'domain':
      return new DomainError(code, message, values);
    case 'not-found':
      return new NotFoundError(code.split('/')[0] ?? code, String(values['id']));
    case 'invalid-input':
      return new InvalidInputError(values['problems'] as readonly FieldProblem[]);
    case 'transient':
      return new TransientError(message);
    case 'unexpected':
      return new Error(message);
  }
}

function kindOf(error: DomainError): ProblemKind {
  if (error instanceof NotFoundError) return 'not-found';
  return error instanceof InvalidInputError ? 'invalid-input' : 'domain';
}
