import { applyDecorators, Catch, UseFilters, type RpcExceptionFilter } from '@nestjs/common';
import { EventPattern, MessagePattern } from '@nestjs/microservices';
import type {
  DescMessage,
  DescMethodUnary,
  MessageInitShape,
  MessageShape,
} from '@bufbuild/protobuf';
import { throwError, type Observable } from 'rxjs';
import type { CommandContext, EventContext } from './contexts.js';
import { commandSubject } from './subjects.js';

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
    EventPattern(
      schemas.map(({ typeName }) => typeName),
      { schemas },
    ),
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
