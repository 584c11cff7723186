export type ErrorValues = Readonly<Record<string, unknown>>;

/**
 * A rule said no. `code` (`noun/state`) is the contract and never changes; the text is for people.
 * Never put personal data or credentials in `values`: they travel to logs and answers.
 */
export class DomainError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly values: ErrorValues = {},
  ) {
    super(message);
    this.name = 'DomainError';
  }
}

/** What was asked for does not exist, or belongs to another workspace: the two must look the same. */
export class NotFoundError extends DomainError {
  constructor(what: string, id: string) {
    super(`${what}/not-found`, `No ${what} has the id ${id}.`, { id });
    this.name = 'NotFoundError';
  }
}

/** One input is wrong: `path` is a JSON pointer into what the caller sent. */
export interface FieldProblem {
  readonly path: string;
  readonly message: string;
}

/** The input breaks a rule; nothing was changed. */
export class InvalidInputError extends DomainError {
  constructor(readonly problems: readonly FieldProblem[]) {
    super('input/invalid', problems.map(({ path, message }) => `${path}: ${message}`).join('; '), {
      problems,
    });
    this.name = 'InvalidInputError';
  }
}

/** May work later: a lost connection, a deadline, a lock not granted. */
export class TransientError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TransientError';
  }
}
