import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { InvalidInputError, type FieldProblem } from '@overture/kernel';

/** Checks bodies and queries against their classes; every problem at once, each with its JSON pointer. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    stopAtFirstError: true,
    exceptionFactory: (errors) => new InvalidInputError(errors.flatMap((error) => flat(error))),
  });
}

function flat(
  { property, constraints = {}, children = [] }: ValidationError,
  above = '',
): FieldProblem[] {
  const path = `${above}/${property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const own = Object.values(constraints).map((message) => ({ path, message }));
  return [...own, ...children.flatMap((child) => flat(child, path))];
}
