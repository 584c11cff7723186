import { registerDecorator } from 'class-validator';

const keysMax = 100;
const keyLengthMax = 64;
const valueLengthMax = 4_000;

/** An object of short names and texts; `nullable`: a name may stand for what is to be removed. */
export function IsTextMap({ nullable = false } = {}): PropertyDecorator {
  return (target, propertyName) =>
    registerDecorator({
      name: 'isTextMap',
      target: target.constructor,
      propertyName: String(propertyName),
      validator: {
        validate: (value: unknown) => isTextMap(value, nullable),
        defaultMessage: () =>
          `${String(propertyName)} must be an object of at most ${keysMax} texts ` +
          `with names up to ${keyLengthMax} and values up to ${valueLengthMax} characters`,
      },
    });
}

function isTextMap(value: unknown, nullable: boolean): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return (
    entries.length <= keysMax &&
    entries.every(([key, text]) => isName(key) && ((nullable && text === null) || isText(text)))
  );
}

function isName(key: string): boolean {
  return key.length > 0 && key.length <= keyLengthMax;
}

function isText(text: unknown): boolean {
  return typeof text === 'string' && text.length <= valueLengthMax;
}
