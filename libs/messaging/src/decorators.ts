import { applyDecorators, Catch, UseFilters, type RpcExceptionFilter } from '@nestjs/common';
import { EventPattern, MessagePattern } from '@nestjs/microservices';
import type {
  DescMessage,
  DescMethodUnary,
  MessageInitShape,
  MessageShape,
} from '@bufbuild/protobuf';
import { throwError, type Observable } from 'rxjs';
import type { BatchContext, CommandContext, EventContext, EventInBatch } from './contexts.js';
import { commandSubject, eventPattern } from './subjects.js';

type MethodDecoratorOf<Method> = <T extends Method>(
  target: object,
  key: string | symbol,
  method: TypedPropertyDescriptor<T>,
) => void;

/** Answers a command or query: `@Payload()` is the request, `@Ctx()` a CommandContext, the result the response. */
export function Command<I extends DescMessage, O extends DescMessage>(
  method: DescMethodUnary<I, O>,
) {
  type Answer = (
    request: MessageShape<I>,
    context: CommandContext,
  ) => MessageInitShape<O> | Promise<MessageInitShape<O>>;
  const decorate = applyDecorators(
    MessagePattern(commandSubject(method), { method }),
    UseFilters(errorsAsTheyAre),
  );
  return decorate as MethodDecoratorOf<Answer>;
}

/** Handles facts, each once and in stream order: `@Payload()` is the event, `@Ctx()` an EventContext. */
export function OnEvent<S extends readonly [DescMessage, ...DescMessage[]]>(...schemas: S) {
  type React = (event: MessageShape<S[number]>, context: EventContext) => unknown;
  const decorate = applyDecorators(
    EventPattern(schemas.map(eventPattern), { schemas }),
    UseFilters(errorsAsTheyAre),
  );
  return decorate as MethodDecoratorOf<React>;
}

/**
 * Handles facts by the batch: `@Payload()` is an array of EventInBatch, in stream order, `@Ctx()` a BatchContext. For
 * read models: one statement for hundreds of events instead of one each. Other handlers of the same events may run
 * before or after it.
 */
export function OnEvents<S extends readonly [DescMessage, ...DescMessage[]]>(...schemas: S) {
  type React = (
    events: readonly EventInBatch<MessageShape<S[number]>>[],
    context: BatchContext,
  ) => unknown;
  const decorate = applyDecorators(
    EventPattern(schemas.map(eventPattern), { schemas, batch: true }),
    UseFilters(errorsAsTheyAre),
  );
  return decorate as MethodDecoratorOf<React>;
}

// Nest would replace an error by "Internal server error"; messaging needs to know which it was.
@Catch()
class ErrorsAsTheyAre implements RpcExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}

const errorsAsTheyAre = new ErrorsAsTheyAre();
