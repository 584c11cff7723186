// Its own entry point: it is loaded before anything it instruments, so it imports nothing of ours.
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { NodeSDK, tracing } from '@opentelemetry/sdk-node';

let sdk: NodeSDK | undefined;

/**
 * Starts tracing for this process. Spans leave it only when OTEL_EXPORTER_OTLP_ENDPOINT is set; trace ids exist
 * always, because events carry the trace they were caused in.
 */
export function startTelemetry(serviceName: string): void {
  if (sdk || process.env.OTEL_SDK_DISABLED === 'true') return;
  const exporting = Boolean(process.env.OTEL_EXPORTER_OTLP_ENDPOINT);
  process.env.OTEL_METRICS_EXPORTER ??= 'none';
  process.env.OTEL_LOGS_EXPORTER ??= 'none';
  sdk = new NodeSDK({
    serviceName,
    instrumentations: exporting
      ? [new HttpInstrumentation({ ignoreIncomingRequestHook: isProbe }), new PgInstrumentation()]
      : [new HttpInstrumentation({ ignoreIncomingRequestHook: isProbe })],
    ...(exporting ? {} : { spanProcessors: [new tracing.NoopSpanProcessor()] }),
  });
  sdk.start();
}

/** Sends what is still buffered. */
export async function stopTelemetry(): Promise<void> {
  await sdk?.shutdown();
  sdk = undefined;
}

function isProbe({ url }: { url?: string | undefined }): boolean {
  return url === '/healthz' || url === '/readyz';
}
