import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Authenticator } from '../../app/authenticator.js';
import { allows, type Scope } from '../../app/scopes.js';
import { requestOf } from './caller.js';
import { HttpProblem } from './problem.js';

export const scopeKey = 'overture:scope';

/** Lets in who has a living key with the scope that the route asks for. */
@Injectable()
export class KeyGuard implements CanActivate {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = requestOf(context);
    const [, text] = /^Bearer ([\x21-\x7e]+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (text === undefined) throw unauthenticated('Send your key: Authorization: Bearer ovt_….');
    const principal = await this.authenticator.principal(text);
    if (principal === undefined) throw unauthenticated('This key is unknown, revoked or expired.');
    const needed = this.reflector.get<Scope | undefined>(scopeKey, context.getHandler());
    if (needed === undefined) throw new Error('A route behind keys must name the scope it needs.');
    if (!allows(principal.scopes, needed)) throw forbidden(needed);
    request.caller = { ...principal, requestId: request.id };
    return true;
  }
}

function unauthenticated(detail: string): HttpProblem {
  return new HttpProblem(401, 'key/refused', detail);
}

function forbidden(needed: Scope): HttpProblem {
  return new HttpProblem(403, 'key/scope-missing', `This key lacks the scope ${needed}.`);
}
