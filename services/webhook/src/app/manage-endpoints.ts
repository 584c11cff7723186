import { randomBytes, randomUUID } from 'node:crypto';
import { hourMs, InvalidInputError, plus, type FieldProblem } from '@overture/kernel';
import { partnerEventTypes } from '../partner-event-types.js';
import type { Endpoint, EndpointKey, EndpointSettings } from './ports.js';
import type { WebhookDeps } from './webhook-deps.js';

// Standard Webhooks: both secrets sign while partners change over.
const rotationOverlapMs = 24 * hourMs;
const secretBytes = 32;
const headersMax = 20;
const reservedHeaders = /^(webhook-.*|host|content-.*|transfer-encoding|connection)$/i;

/** Adds an endpoint; its secret is shown in the answer and never again (F103). */
export async function createEndpoint(
  deps: WebhookDeps,
  tenantId: string,
  settings: EndpointSettings,
): Promise<{ endpoint: Endpoint; secret: string }> {
  refuseBadSettings(deps, settings);
  const secret = newSecret();
  const endpoint = {
    ...settings,
    tenantId,
    endpointId: randomUUID(),
    status: 'enabled' as const,
    disabledBecause: '',
    createdAt: deps.clock.now(),
    secrets: [secret],
  };
  await deps.database.tenant(tenantId, (tx) => deps.endpoints.add(tx, endpoint));
  return { endpoint, secret };
}

export async function updateEndpoint(
  deps: WebhookDeps,
  of: EndpointKey,
  settings: EndpointSettings,
): Promise<Endpoint> {
  refuseBadSettings(deps, settings);
  return deps.database.tenant(of.tenantId, async (tx) => {
    await deps.endpoints.find(tx, of);
    await deps.endpoints.change(tx, of, settings);
    return deps.endpoints.find(tx, of);
  });
}

/** A new secret; the former one signs beside it for a day. */
export async function rotateSecret(
  deps: WebhookDeps,
  of: EndpointKey,
): Promise<{ endpoint: Endpoint; secret: string }> {
  const secret = newSecret();
  return deps.database.tenant(of.tenantId, async (tx) => {
    const endpoint = await deps.endpoints.find(tx, of);
    const formerUntil = plus(deps.clock.now(), rotationOverlapMs);
    await deps.endpoints.rotate(tx, of, { secret, formerUntil });
    return { endpoint, secret };
  });
}

export async function enableEndpoint(deps: WebhookDeps, of: EndpointKey): Promise<Endpoint> {
  return deps.database.tenant(of.tenantId, async (tx) => {
    await deps.endpoints.find(tx, of);
    await deps.endpoints.setStatus(tx, of, { status: 'enabled', because: '' });
    return deps.endpoints.find(tx, of);
  });
}

/** Its log stays; nothing is sent to it any more. */
export async function deleteEndpoint(deps: WebhookDeps, of: EndpointKey): Promise<Endpoint> {
  return deps.database.tenant(of.tenantId, async (tx) => {
    const endpoint = await deps.endpoints.find(tx, of);
    await deps.endpoints.setStatus(tx, of, { status: 'deleted', because: 'deleted by a person' });
    return endpoint;
  });
}

function newSecret(): string {
  return `whsec_${randomBytes(secretBytes).toString('base64')}`;
}

function refuseBadSettings({ caller }: WebhookDeps, settings: EndpointSettings): void {
  const problems: FieldProblem[] = [];
  const refusedUrl = caller.refuse(settings.url);
  if (refusedUrl) problems.push({ path: '/url', message: refusedUrl });
  settings.eventTypes.forEach((type, index) => {
    if (!partnerEventTypes.has(type)) {
      const known = [...partnerEventTypes].join(', ');
      problems.push({ path: `/eventTypes/${index}`, message: `Expected one of ${known}.` });
    }
  });
  if (settings.order !== 'lead' && settings.order !== 'none') {
    problems.push({ path: '/order', message: 'Expected lead or none.' });
  }
  problems.push(...headerProblems(settings.headers));
  if (problems.length > 0) throw new InvalidInputError(problems);
}

function headerProblems(headers: Readonly<Record<string, string>>): FieldProblem[] {
  const entries = Object.entries(headers);
  const problems = entries.flatMap(([name, value]) => {
    const path = `/headers/${name}`;
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name))
      return [{ path, message: 'This is no header name.' }];
    if (reservedHeaders.test(name)) return [{ path, message: 'This header is set by Overture.' }];
    return /[\r\n\0]/.test(value) ? [{ path, message: 'A header value is one line.' }] : [];
  });
  if (entries.length > headersMax) {
    problems.push({ path: '/headers', message: `Expected at most ${headersMax} headers.` });
  }
  return problems;
}
