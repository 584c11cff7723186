import {
  applyDecorators,
  Controller,
  SetMetadata,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import type { DescMessage } from '@bufbuild/protobuf';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Scope } from '../../app/scopes.js';
import { AuditInterceptor } from './audit.interceptor.js';
import { EtagInterceptor, guardsChangesOnlyKey } from './etag.interceptor.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { KeyGuard, scopeKey } from './key.guard.js';
import { neverRefusedKey, RateLimitGuard } from './rate-limit.guard.js';

/** A resource behind API keys: limited, idempotent, audited. */
export function Resource(path: string, tag: string) {
  return applyDecorators(
    Controller(path),
    UseGuards(KeyGuard, RateLimitGuard),
    UseInterceptors(AuditInterceptor, EtagInterceptor, IdempotencyInterceptor),
    ApiTags(tag),
    ApiBearerAuth(),
  );
}

/** What a route does, in one sentence, and the scope it needs. */
export function Route(summary: string, scope: Scope) {
  return applyDecorators(
    SetMetadata(scopeKey, scope),
    ApiOperation({ summary, description: `Scope: \`${scope}\`.` }),
    ApiResponse({ status: 'default', description: 'A problem', content: problemContent }),
  );
}

/** The answer, as the public form of a message of the contracts. */
export function Answers(schema: DescMessage, status = 200) {
  answered.add(schema);
  const reference = { $ref: `#/components/schemas/${schema.name}` };
  return ApiResponse({ status, description: schema.name, schema: reference });
}

/** Pausing, stopping and the like are let through whatever the limits say (F119). */
export const NeverRefused = (): MethodDecorator => SetMetadata(neverRefusedKey, true);

/** May be repeated safely with the same key (F112). */
export const Repeatable = (): MethodDecorator =>
  ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'Repeats with the same key get the first answer for 24 hours.',
  });

/** What it shows changes without its version: the ETag guards changes, and nobody is told that nothing is new. */
export const GuardsChangesOnly = (): MethodDecorator => SetMetadata(guardsChangesOnlyKey, true);

/** Every message that is somewhere an answer; their schemas go into the OpenAPI document. */
export const answered = new Set<DescMessage>();

const problemContent = {
  'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
};
