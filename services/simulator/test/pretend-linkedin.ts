import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Database } from '@overture/event-store';
import { instant } from '@overture/kernel';
import { EdgesProvider } from '@overture/providers';
import { standaloneVirtualClock, type VirtualClock } from '@overture/service-kit';
import { afterTests, freshDatabase, waitFor } from '@overture/testing';
import { SimulatorModule } from '../src/simulator.module.js';
import type { LedgerRow } from '../src/store/ledger.sql.js';

export const apiKey = 'a-key-for-tests';
export const ada = '6f0c0000-0000-4000-8000-000000000001';
export const startAt = instant('2026-03-02T09:00:00Z');

@Module({})
class Root {}

/** A simulator on a database and a virtual clock of its own, and the real adapter talking to it. */
export class PretendLinkedIn {
  readonly clock: VirtualClock = standaloneVirtualClock(startAt);
  readonly errors: unknown[] = [];
  edges!: EdgesProvider;
  url = '';
  private app!: NestFastifyApplication;
  private database!: Database;

  private constructor(private readonly databaseUrl: string) {}

  static async start(knobs: object = {}, seed = 'a-seed'): Promise<PretendLinkedIn> {
    const { services } = await freshDatabase([{ schema: 'simulator', sets: ['simulator'] }]);
    const pretend = new PretendLinkedIn(services['simulator']!.databaseUrl);
    await pretend.open();
    afterTests(() => pretend.close());
    await pretend.begin(knobs, seed);
    return pretend;
  }

  /** A new story with one identity, in which nobody does anything unless a test says so. */
  async begin(knobs: object = {}, seed = 'a-seed'): Promise<void> {
    this.clock.set({ mode: 'virtual', now: startAt });
    await this.sim('POST', 'world', { seed, startAt, knobs: { ...still, ...knobs } });
    await this.sim('POST', 'identities', { uid: ada, name: 'Ada Vale', timeZone: 'Europe/Berlin' });
  }

  /** As after kill -9: nothing but the database survives. */
  async restart(): Promise<void> {
    await this.close();
    await this.open();
  }

  async sim<T = unknown>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${this.url}/_sim/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const answer = (await response.json()) as T;
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  }

  async ledger(kind?: string): Promise<LedgerRow[]> {
    const query = kind === undefined ? '' : `?kind=${kind}`;
    return (await this.sim<{ items: LedgerRow[] }>('GET', `ledger${query}`)).items;
  }

  /** Calls Edges without the adapter. */
  raw(path: string, body?: object, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.url}/edges/v1/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'x-api-key': apiKey, 'content-type': 'application/json', ...headers },
      ...(body && { body: JSON.stringify(body) }),
    });
  }

  /** Lets world time pass, from wake-up to wake-up, as the shared clock's driver does. */
  async pass(ms: number): Promise<void> {
    const until = instant(new Date(Date.parse(this.clock.now()) + ms).toISOString());
    for (;;) {
      await this.quiet();
      const next = this.clock.reading.nextWakeAt;
      const now = next === undefined || next > until ? until : next;
      this.clock.set({ mode: 'virtual', now });
      this.clock.run();
      await this.quiet();
      if (now === until) return;
    }
  }

  private async quiet(): Promise<void> {
    await waitFor(() => this.clock.reading.busy === 0, {
      what: 'the simulator to be idle',
      everyMs: 1,
    });
  }

  private async open(): Promise<void> {
    const { clock, databaseUrl: url } = this;
    const schema = 'simulator';
    this.database = new Database({ url, schema, applicationName: 'simulator-test', clock });
    const onError = (error: unknown) => void this.errors.push(error);
    const options = { database: this.database, clock, apiKeys: [apiKey], onError };
    const module = { module: Root, imports: [SimulatorModule.forService(options)] };
    const adapter = new FastifyAdapter({ forceCloseConnections: true });
    this.app = await NestFactory.create<NestFastifyApplication>(module, adapter, { logger: false });
    await this.app.listen(0, '127.0.0.1');
    this.url = (await this.app.getUrl()).replace('[::1]', '127.0.0.1');
    this.edges = new EdgesProvider({ baseUrl: `${this.url}/edges/v1`, apiKey, deadlineMs: 60_000 });
  }

  private async close(): Promise<void> {
    await this.edges.close();
    await this.app.close();
    await this.database.close();
  }
}

const still = {
  acceptShare: 0,
  noteReplyShare: 0,
  replyShare: 0,
  writesFirstShare: 0,
  connectedShare: 0,
  goneShare: 0,
  messagingDisabledShare: 0,
  renamedShare: 0,
};

export function profile(handle: string): string {
  return `https://www.linkedin.com/in/${handle}`;
}
