import { BadRequestException } from '@nestjs/common';
import { instant, type Instant } from '@overture/kernel';
import { objectOr } from '../app/request.js';
import type { Json } from '../app/answer.js';

/** Reads what a test or the demo posts; a wrong field is named in the refusal. */
export class Input {
  private readonly fields: Json;

  constructor(
    body: unknown,
    private readonly known: readonly string[],
  ) {
    const fields = objectOr(body);
    if (fields === undefined) throw new BadRequestException('Expected a JSON object.');
    const unknown = Object.keys(fields).find((key) => !known.includes(key));
    if (unknown !== undefined) {
      throw new BadRequestException(`"${unknown}" is not known here; known: ${known.join(', ')}.`);
    }
    this.fields = fields;
  }

  text(name: string): string {
    const value = this.optionalText(name);
    if (value === undefined) throw this.wrong(name, 'text');
    return value;
  }

  optionalText(name: string): string | undefined {
    const value = this.fields[name];
    if (value === undefined) return undefined;
    if (typeof value !== 'string' || value === '') throw this.wrong(name, 'text');
    return value;
  }

  optionalInstant(name: string): Instant | undefined {
    const value = this.optionalText(name);
    if (value === undefined) return undefined;
    if (Number.isNaN(Date.parse(value))) throw this.wrong(name, 'an RFC 3339 instant');
    return instant(value);
  }

  optionalCount(name: string): number | undefined {
    const value = this.fields[name];
    if (value === undefined) return undefined;
    if (!Number.isInteger(value) || (value as number) < 0) throw this.wrong(name, 'a whole number');
    return value as number;
  }

  oneOf<T extends string>(name: string, choices: readonly T[], fallback?: T): T {
    const value = this.fields[name] ?? fallback;
    const chosen = choices.find((choice) => choice === value);
    if (chosen === undefined) throw this.wrong(name, `one of ${choices.join(', ')}`);
    return chosen;
  }

  object(name: string): Json {
    const value = objectOr(this.fields[name]);
    if (value === undefined) throw this.wrong(name, 'an object');
    return value;
  }

  /** Each item as its own input; missing means none. */
  list<T>(name: string, known: readonly string[], read: (item: Input) => T): T[] {
    const value = this.fields[name] ?? [];
    if (!Array.isArray(value)) throw this.wrong(name, 'a list');
    return value.map((item) => read(new Input(item, known)));
  }

  optionalTexts(name: string): string[] | undefined {
    const value = this.fields[name];
    if (value === undefined) return undefined;
    const texts = Array.isArray(value) && value.every((item) => typeof item === 'string');
    if (!texts) throw this.wrong(name, 'a list of texts');
    return value as string[];
  }

  private wrong(name: string, expected: string): BadRequestException {
    return new BadRequestException(
      `"${name}" must be ${expected}; known: ${this.known.join(', ')}.`,
    );
  }
}
