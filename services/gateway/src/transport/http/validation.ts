import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { InvalidInputError, type FieldProblem } from '@overture/kernel';
import { whatIsWrong } from './what-is-wrong.js';

/** Checks bodies and queries against their classes; every field that is wrong at once, each with its JSON pointer. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    exceptionFactory: (errors) => new InvalidInputError(errors.flatMap((error) => flat(error))),
  });
}

function flat(error: ValidationError, above = ''): FieldProblem[] {
  const { property, children = [] } = error;
  const path = `${above}/${property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const message = whatIsWrong(error);
  const own = message === undefined ? [] : [{ path, message }];
  return [...own, ...children.flatMap((child) => flat(child, path))];
}
