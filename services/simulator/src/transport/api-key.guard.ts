import { createHash, timingSafeEqual } from 'node:crypto';
import { HttpException, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { errorBody } from '../app/answer.js';

/** The keys Edges accepts here. */
export class ApiKeys {
  constructor(readonly keys: readonly string[]) {}
}

@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(private readonly known: ApiKeys) {}

  canActivate(context: ExecutionContext): boolean {
    const given = context.switchToHttp().getRequest<FastifyRequest>().headers['x-api-key'];
    const right = this.known.keys.some((key) => typeof given === 'string' && same(key, given));
    if (!right) throw new HttpException(errorBody(401, 'UNAUTHORIZED'), 401);
    return true;
  }
}

function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
