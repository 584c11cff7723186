import 'reflect-metadata';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsString, MaxLength, Min, ValidateNested } from 'class-validator';
import { InvalidInputError } from '@overture/kernel';
import { validationPipe } from './validation.js';

class Way {
  @IsString()
  @MaxLength(40)
  no!: string;
}

class Body {
  @IsIn(['connector', 'messenger'])
  type!: string;

  @IsInt()
  @Min(1)
  days!: number;

  @ValidateNested()
  @Type(() => Way)
  way!: Way;
}

async function problemsOf(body: object): Promise<Record<string, string>> {
  const metadata = { type: 'body', metatype: Body } as const;
  const error: unknown = await validationPipe()
    .transform(body, metadata)
    .catch((refused: unknown) => refused);
  if (!(error instanceof InvalidInputError)) return {};
  return Object.fromEntries(error.problems.map(({ path, message }) => [path, message]));
}

describe('A body that cannot be', () => {
  it('is told what was expected and what was found, for each field', async () => {
    expect(await problemsOf({ type: 'both', days: 0, way: { no: 7 } })).toEqual({
      '/type': 'type must be one of the following values: connector, messenger, found "both".',
      '/days': 'days must not be less than 1, found 0.',
      '/way/no': 'no must be a string, found 7.',
    });
  });

  it('is told what is missing as missing, not as too long (P10)', async () => {
    expect(await problemsOf({ type: 'connector', days: 1, way: {} })).toEqual({
      '/way/no': 'Missing: no must be a string.',
    });
  });

  it('is told of a field that does not exist, at its place', async () => {
    const way = { no: 'end', 'a/b~c': 1 };
    expect(await problemsOf({ type: 'connector', days: 1, way })).toEqual({
      '/way/a~1b~0c': 'There is no such field.',
    });
  });

  it('does not repeat what may be a name or a secret', async () => {
    const way = { no: 'Ada Vale, '.repeat(9) };
    expect(await problemsOf({ type: 'Ada Vale, '.repeat(9), days: 'Ada', way })).toEqual({
      '/type':
        'type must be one of the following values: connector, messenger, found 90 characters.',
      '/days': 'days must be an integer number, found 3 characters.',
      '/way/no': 'no must be shorter than or equal to 40 characters, found 90 characters.',
    });
  });
});
