import { Controller, Get, HttpCode, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

/** One thing a service needs; resolves when it works, rejects with why it does not. */
export type ReadinessCheck = () => Promise<void>;

const checkMs = 1_000;

/** What /healthz and /readyz answer. Draining turns readiness off while requests in flight finish. */
export class Health {
  private readonly checks = new Map<string, ReadinessCheck>();
  private state: 'starting' | 'ready' | 'draining' = 'starting';

  addCheck(name: string, check: ReadinessCheck): void {
    this.checks.set(name, check);
  }

  ready(): void {
    this.state = 'ready';
  }

  drain(): void {
    this.state = 'draining';
  }

  async readiness(): Promise<{ ready: boolean; state: string; checks: Record<string, string> }> {
    const results = await Promise.all(
      [...this.checks].map(async ([name, check]) => [name, await outcome(check)] as const),
    );
    const ready = this.state === 'ready' && results.every(([, result]) => result === 'ok');
    return { ready, state: this.state, checks: Object.fromEntries(results) };
  }
}

@Controller()
export class HealthController {
  constructor(private readonly health: Health) {}

  /** The event loop turns. */
  @Get('healthz')
  @HttpCode(200)
  live(): { status: string } {
    return { status: 'ok' };
  }

  /** Everything it needs answers: send it work. */
  @Get('readyz')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const readiness = await this.health.readiness();
    await reply.status(readiness.ready ? 200 : 503).send(readiness);
  }
}

async function outcome(check: ReadinessCheck): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${checkMs} ms`), checkMs);
  });
  const checked = check().then(
    () => 'ok',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  return Promise.race([checked, late]).finally(() => clearTimeout(timer));
}
