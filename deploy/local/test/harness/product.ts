import { OvertureApi, Stage, Time } from '@overture/demo';
import { fromMs, toMs, type Instant } from '@overture/kernel';
import type { Installation } from '../../src/installation.js';
import { databaseUrl } from '../../src/provision.js';
import { Child } from './child.js';
import { startServers } from './servers.js';

/** The product as a test drives it: its public API, the stage behind it, and time. */
export interface Product {
  readonly apiUrl: string;
  readonly apiKey: string;
  readonly cronSecret: string;
  /** The database behind it, as whoever may read everything: only the log itself proves what the API says of it. */
  readonly databaseUrl: string;
  readonly api: OvertureApi;
  readonly stage: Stage;
  readonly time: TestTime;
  /** A route outside `/v1`, with the key; fails unless the answer is a success. */
  call<T>(path: string, body: object): Promise<T>;
  /** What an outside cron does every minute. */
  tick(secret?: string): Promise<{ status: number; body: unknown }>;
}

export interface TestTime {
  now(): Promise<Instant>;
  /** Lets time pass up to this instant; resolves when everybody is idle again. */
  advanceTo(until: Instant): Promise<void>;
}

interface Ready {
  readonly ready?: {
    readonly urls: Readonly<Record<string, string>>;
    readonly clockUrl: string;
    readonly apiKey: string;
  };
  readonly failed?: string;
}

/** All services in one process, as `npm start` runs them, on servers of their own. */
export async function startProduct(name: string, startAt: Instant): Promise<Product> {
  const { installation } = await startServers(startAt);
  const child = Child.start({
    name,
    script: 'main.js',
    env: { OVERTURE_INSTALLATION: JSON.stringify(installation) },
  });
  const { ready, failed } = await child.told<Ready>();
  if (ready === undefined) throw new Error(`The services did not start: ${failed}`);
  const clock = { url: ready.clockUrl, token: installation.secrets.keys.cron };
  return {
    ...drivenBy(installation, ready.apiKey),
    time: remoteTime(new Time(clock)),
  };
}

/** What follows from the installation alone. */
export function drivenBy(installation: Installation, apiKey: string): Omit<Product, 'time'> {
  const { ports, secrets, postgresUrl } = installation;
  const apiUrl = `http://127.0.0.1:${ports['gateway']}`;
  return {
    apiUrl,
    apiKey,
    cronSecret: secrets.keys.cron,
    databaseUrl: databaseUrl(postgresUrl),
    api: new OvertureApi(apiUrl, apiKey),
    stage: new Stage(`http://127.0.0.1:${ports['simulator']}`),
    call: async <T>(path: string, body: object) => {
      const headers = { authorization: `Bearer ${apiKey}` };
      const { status, body: answer } = await post(`${apiUrl}${path}`, headers, body);
      if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`);
      return answer as T;
    },
    tick: (secret) => {
      const headers = secret === undefined ? {} : { 'x-cron-secret': secret };
      return post(`${apiUrl}/api/cron/process-send-queue`, headers, {});
    },
  };
}

async function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: object,
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

function remoteTime(time: Time): TestTime {
  return {
    now: async () => fromMs((await time.now()).getTime()),
    advanceTo: (until) => time.advance(new Date(toMs(until)), 0),
  };
}
