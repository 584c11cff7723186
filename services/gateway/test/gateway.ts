import { randomUUID } from 'node:crypto';
import { startService, type RunningService } from '@overture/service-kit';
import { afterTests, freshDatabase, testNats } from '@overture/testing';
import { newApiKey } from '../src/app/api-key-format.js';
import { gatewayService } from '../src/index.js';

export interface TestGateway {
  readonly service: RunningService;
  readonly adminUrl: string;
  readonly workspaceId: string;
  readonly key: string;
  request(path: string, options?: RequestOptions): Promise<Answer>;
}

export interface RequestOptions {
  readonly method?: string;
  readonly body?: unknown;
  readonly raw?: NonNullable<RequestInit['body']>;
  readonly key?: string;
  readonly headers?: Record<string, string>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // eslint-disable-next-line typescript/no-explicit-any -- tests read answers of many shapes
  readonly body: any;
}

/** A gateway alone on a real PostgreSQL and a real NATS, with one workspace. */
export async function testGateway(settings: Record<string, string> = {}): Promise<TestGateway> {
  const { services, adminUrl } = await freshDatabase(['gateway']);
  const nats = await testNats();
  const workspaceId = randomUUID();
  const { text: key } = newApiKey('test');
  const service = await startService(gatewayService, {
    GATEWAY_DATABASE_URL: services['gateway']!.databaseUrl,
    NATS_URL: nats.url,
    GATEWAY_PORT: '0',
    SEAL_KEYS: `1:${Buffer.alloc(32, 7).toString('base64')}`,
    CRON_SECRET: 'cron-secret',
    BOOTSTRAP_API_KEY: key,
    BOOTSTRAP_WORKSPACE_ID: workspaceId,
    LOG_LEVEL: 'silent',
    ALLOW_UNSAFE_DURABILITY: 'true',
    ...settings,
  });
  afterTests(() => service.close());
  const request: TestGateway['request'] = (path, options = {}) =>
    send(`${service.url}${path}`, { key, ...options });
  return { service, adminUrl, workspaceId, key, request };
}

async function send(url: string, options: RequestOptions): Promise<Answer> {
  const { method = 'GET', body, raw, key = '', headers = {} } = options;
  const answer = await fetch(url, {
    method,
    headers: {
      ...(key !== '' && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...((body !== undefined || raw !== undefined) && { body: raw ?? JSON.stringify(body) }),
  });
  const text = await answer.text();
  const json = answer.headers.get('content-type')?.includes('json') && text !== '';
  return { status: answer.status, headers: answer.headers, body: json ? JSON.parse(text) : text };
}
