import { secondMs, toMs, type Clock } from '@overture/kernel';
import { Agent, errors, request, type Dispatcher } from 'undici';
import { PartnerCaller, type Answer, type HeldDelivery, type OpenEndpoint } from '../app/ports.js';
import {
  ForbiddenAddressError,
  guardedLookup,
  refusedUrl,
  type GuardOptions,
} from './address-guard.js';
import { signatures } from './sign.js';

const answerMs = 15 * secondMs;
const connectMs = 5 * secondMs;
const answerBytesMax = 64 * 1024;
const keptBytesMax = 4 * 1024;

/** Calls partners over HTTP: signed, bounded in time and size, no redirects, no address inside any network. */
export class HttpCaller extends PartnerCaller {
  private readonly agent: Agent;

  constructor(
    private readonly guard: GuardOptions,
    /** Partners compare the timestamp with their own clock, so it is the world's time, never a virtual one. */
    private readonly wallClock: Pick<Clock, 'now'>,
  ) {
    super();
    this.agent = new Agent({
      connect: { timeout: connectMs, lookup: guardedLookup(guard) as never },
      headersTimeout: answerMs,
      bodyTimeout: answerMs,
      keepAliveTimeout: 10 * secondMs,
      maxResponseSize: answerBytesMax,
    });
  }

  refuse(url: string): string | undefined {
    return refusedUrl(url, this.guard);
  }

  async deliver(
    endpoint: OpenEndpoint,
    delivery: Pick<HeldDelivery, 'eventId' | 'payload'>,
  ): Promise<Answer> {
    const startedAt = performance.now();
    const latencyMs = (): number => Math.round(performance.now() - startedAt);
    // Rules may have changed since the endpoint was stored, and sockets skip `lookup` for literal addresses.
    if (this.refuse(endpoint.url)) return failed('forbidden_url', latencyMs());
    try {
      const response = await this.post(endpoint, delivery);
      const body = await keptBody(response.body);
      return { ...outcomeOf(response), latencyMs: latencyMs(), body };
    } catch (error) {
      return failed(errorClass(error), latencyMs());
    }
  }

  close(): Promise<void> {
    return this.agent.close();
  }

  private post(
    { url, headers, secrets }: OpenEndpoint,
    { eventId, payload }: Pick<HeldDelivery, 'eventId' | 'payload'>,
  ): Promise<Dispatcher.ResponseData> {
    const timestamp = Math.floor(toMs(this.wallClock.now()) / secondMs);
    return request(url, {
      method: 'POST',
      body: payload,
      dispatcher: this.agent,
      signal: AbortSignal.timeout(answerMs),
      headers: {
        ...headers,
        'content-type': 'application/json',
        'user-agent': 'Overture-Webhooks/1',
        'webhook-id': eventId,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': signatures(secrets, { id: eventId, timestamp, body: payload }),
      },
    });
  }
}

function outcomeOf({
  statusCode,
  headers,
}: Dispatcher.ResponseData): Omit<Answer, 'latencyMs' | 'body'> {
  const success = statusCode >= 200 && statusCode < 300;
  const retryAfterMs = Number(headers['retry-after']) * secondMs;
  return {
    statusCode,
    errorClass: success ? '' : statusCode < 400 ? 'redirect' : 'status',
    ...(retryAfterMs > 0 && { retryAfterMs }),
  };
}

/** The start of the answer, for the log; the rest is read up to a bound and thrown away. */
async function keptBody(body: Dispatcher.ResponseData['body']): Promise<string> {
  const bytes: Buffer[] = [];
  let kept = 0;
  let read = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    read += chunk.length;
    if (kept < keptBytesMax) bytes.push(chunk.subarray(0, keptBytesMax - kept));
    kept = Math.min(keptBytesMax, kept + chunk.length);
    if (read > answerBytesMax) break;
  }
  // PostgreSQL stores no NUL in a text.
  return Buffer.concat(bytes).toString('utf8').replaceAll('\0', '\uFFFD');
}

function failed(error: string, latencyMs: number): Answer {
  return { statusCode: 0, latencyMs, errorClass: error, body: '' };
}

function errorClass(error: unknown): string {
  if (error instanceof ForbiddenAddressError) return 'forbidden_address';
  if (error instanceof errors.ConnectTimeoutError) return 'connect_timeout';
  if (error instanceof errors.ResponseExceededMaxSizeError) return 'answer_too_large';
  if (error instanceof Error && /timeout|abort/i.test(error.name)) return 'timeout';
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' ? code.toLowerCase() : 'network';
}
