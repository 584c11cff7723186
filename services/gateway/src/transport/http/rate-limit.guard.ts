import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { RateLimiter } from '../../app/rate-limiter.js';
import { callerOf } from './caller.js';
import { HttpProblem } from './problem.js';

export const neverRefusedKey = 'overture:never-refused';

/** One bucket per workspace (F114); whatever stops an outreach passes even when it is empty (F119). */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(
    private readonly limiter: RateLimiter,
    private readonly reflector: Reflector,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    if (this.limiter.limit === 0) return true;
    const state = this.limiter.take(callerOf(context).tenantId);
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const { limit, remaining, resetSeconds } = state;
    void reply.header('ratelimit-policy', `"workspace";q=${limit};w=${RateLimiter.windowSeconds}`);
    void reply.header('ratelimit', `"workspace";r=${remaining};t=${resetSeconds}`);
    if (state.allowed || this.reflector.get(neverRefusedKey, context.getHandler())) return true;
    void reply.header('retry-after', String(resetSeconds));
    const detail = `This workspace may send ${limit} requests a minute. Try again in ${resetSeconds} s.`;
    throw new HttpProblem(429, 'rate/exceeded', detail);
  }
}
