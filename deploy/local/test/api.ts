import { randomUUID } from 'node:crypto';
import { gatewayService, newApiKey } from '@overture/gateway';
import { startService, type ServiceDefinition } from '@overture/service-kit';
import { afterTests, freshDatabase, testNats } from '@overture/testing';

export interface Call {
  readonly method?: string;
  readonly body?: NonNullable<RequestInit['body']>;
  readonly json?: object;
  readonly headers?: Record<string, string>;
}

export interface Api {
  readonly url: string;
  readonly key: string;
  readonly workspaceId: string;
  send(path: string, options?: Call): Promise<Response>;
  call<T>(path: string, options?: Call): Promise<T>;
}

/** A gateway with these services behind it, on a real PostgreSQL and a real NATS, each with a database of its own. */
export async function apiOver(
  definitions: readonly ServiceDefinition[],
  settings: Readonly<Record<string, string>> = {},
): Promise<Api> {
  const names = [gatewayService.name, ...definitions.map(({ name }) => name)];
  const { services } = await freshDatabase(names);
  const nats = await testNats();
  const { text: key } = newApiKey('test');
  const workspaceId = randomUUID();
  const urls = names.map((name) => [
    `${name.toUpperCase()}_DATABASE_URL`,
    services[name]!.databaseUrl,
  ]);
  const environment = {
    ...(Object.fromEntries(urls) as Record<string, string>),
    NATS_URL: nats.url,
    GATEWAY_PORT: '0',
    SEAL_KEYS: `1:${Buffer.alloc(32, 7).toString('base64')}`,
    FINGERPRINT_KEY: 'a key of this test alone, 32 bytes',
    BOOTSTRAP_API_KEY: key,
    BOOTSTRAP_WORKSPACE_ID: workspaceId,
    // Nobody answers there: without other settings no provider is reached.
    EDGES_BASE_URL: 'http://127.0.0.1:1/edges/v1',
    EDGES_API_KEY: 'none',
    LOG_LEVEL: 'silent',
    ALLOW_UNSAFE_DURABILITY: 'true',
    ...settings,
  };
  for (const definition of definitions) {
    const service = await startService(definition, environment);
    afterTests(() => service.close());
  }
  const gateway = await startService(gatewayService, environment);
  afterTests(() => gateway.close());
  return { ...apiOf(gateway.url, key), workspaceId };
}

function apiOf(url: string, key: string): Omit<Api, 'workspaceId'> {
  const send: Api['send'] = (path, { json, headers = {}, ...options } = {}) =>
    fetch(`${url}${path}`, {
      ...options,
      ...(json && { method: 'POST', body: JSON.stringify(json) }),
      headers: {
        authorization: `Bearer ${key}`,
        ...(json && { 'content-type': 'application/json' }),
        ...headers,
      },
    });
  const call = async <T>(path: string, options?: Call): Promise<T> =>
    (await (await send(path, options)).json()) as T;
  return { url, key, send, call };
}
