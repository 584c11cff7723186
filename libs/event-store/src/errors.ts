import { types } from 'node:util';
import { TransientError } from '@overture/kernel';

/** Another writer was faster. Nothing was written: read again and decide again. */
export class ConflictError extends TransientError {
  constructor(
    readonly streamId: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(`${message} (Stream: ${streamId})`, options);
    this.name = 'ConflictError';
  }

  static versions(streamId: string, found: { expectedVersion: number; version: number }) {
    const text = `Expected version ${found.expectedVersion}, found ${found.version}.`;
    return new ConflictError(streamId, text);
  }
}

/** The database (its schema or its settings) does not fit this program; the text says what to do. */
export class UnfitDatabaseError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UnfitDatabaseError';
  }
}

// SQLSTATE classes and codes that speak of the moment, not of the statement: lost connection (08), rollback by
// deadlock or serialization (40), too many of something (53), lock not granted, cancelled, shutting down.
const passingClasses = new Set(['08', '40', '53']);
const passingCodes = new Set(['55P03', '57014', '57P01', '57P02', '57P03', '25P03', '25P04']);
const brokenSockets = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** A database error that may go away by itself becomes a TransientError; any other stays what it is. */
export function classified(error: unknown): unknown {
  if (!types.isNativeError(error) || error instanceof TransientError) return error;
  return isPassing(error)
    ? new TransientError(`The database could not finish: ${error.message}`, { cause: error })
    : error;
}

function isPassing(error: Error): boolean {
  const code = codeOf(error);
  if (code === undefined) return /Connection terminated|timeout exceeded/i.test(error.message);
  return brokenSockets.has(code) || passingCodes.has(code) || passingClasses.has(code.slice(0, 2));
}

/** The SQLSTATE (or socket error) behind an error, if there is one. */
export function codeOf(error: unknown): string | undefined {
  if (!types.isNativeError(error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
