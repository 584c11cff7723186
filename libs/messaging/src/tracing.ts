import {
  context,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Attributes,
  type Span,
} from '@opentelemetry/api';
import { DomainError } from '@overture/kernel';

const tracer = trace.getTracer('@overture/messaging');
const shape = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

interface SpanOptions {
  readonly kind: SpanKind;
  /** W3C traceparent of who caused this; none: the span in force, if any. */
  readonly parent?: string | undefined;
  readonly attributes?: Attributes;
}

/** Runs `work` in a span of its own and hands it the traceparent for whatever it causes. */
export async function inSpan<T>(
  name: string,
  { kind, parent, attributes = {} }: SpanOptions,
  work: (traceparent: string | undefined) => Promise<T>,
): Promise<T> {
  const under = parent === undefined ? context.active() : contextFrom(parent);
  const span = tracer.startSpan(name, { kind, attributes }, under);
  try {
    return await context.with(trace.setSpan(under, span), () =>
      work(traceparentOf(span) ?? parent),
    );
  } catch (error) {
    // A rule that said no is an answer, not a failure of the system.
    if (!(error instanceof DomainError)) span.setStatus({ code: SpanStatusCode.ERROR });
    span.recordException(error as Error);
    throw error;
  } finally {
    span.end();
  }
}

function traceparentOf(span: Span): string | undefined {
  const { traceId, spanId, traceFlags } = span.spanContext();
  if (/^0+$/.test(traceId)) return undefined;
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}

function contextFrom(traceparent: string) {
  const [, traceId, spanId, flags] = shape.exec(traceparent) ?? [];
  if (!traceId || !spanId || !flags) return context.active();
  const traceFlags = Number.parseInt(flags, 16) & TraceFlags.SAMPLED;
  return trace.setSpanContext(context.active(), { traceId, spanId, traceFlags, isRemote: true });
}

export { SpanKind };
