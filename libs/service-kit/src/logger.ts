import type { LoggerService } from '@nestjs/common';
import { context, trace } from '@opentelemetry/api';
import { pino, type Logger } from 'pino';

// Whatever a caller passes by mistake, these names never reach a log line.
const secretPaths = [
  'password',
  'secret',
  'token',
  'authorization',
  'cookie',
  'apiKey',
  'text',
  'url',
  'email',
];

/** JSON lines on stdout, one logger per service, each line with the trace it belongs to. */
export function createLogger(service: string, level: string): Logger {
  return pino({
    level,
    base: { service },
    redact: { paths: secretPaths.flatMap((name) => [name, `*.${name}`]), censor: '[redacted]' },
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: () => {
      const span = trace.getSpanContext(context.active());
      return span ? { traceId: span.traceId } : {};
    },
  });
}

/** Nest's own messages through the same logger. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.logger.debug(fields(rest), String(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.logger.error(fields(rest), String(message));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.logger.warn(fields(rest), String(message));
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.logger.debug(fields(rest), String(message));
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.logger.trace(fields(rest), String(message));
  }
}

function fields(rest: readonly unknown[]): object {
  const [stackOrContext, source] = rest;
  if (source !== undefined) return { stack: stackOrContext, source };
  return stackOrContext === undefined ? {} : { source: stackOrContext };
}
