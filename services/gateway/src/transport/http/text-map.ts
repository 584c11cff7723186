import { registerDecorator } from 'class-validator';

const keysMax = 100;
const keyLengthMax = 64;
const valueLengthMax = 4_000;

/** An object of short names and texts. */
export function IsTextMap(): PropertyDecorator {
  return (target, propertyName) =>
    registerDecorator({
      name: 'isTextMap',
      target: target.constructor,
      propertyName: String(propertyName),
      validator: {
        validate: isTextMap,
        defaultMessage: () =>
          `${String(propertyName)} must be an object of at most ${keysMax} texts ` +
          `with names up to ${keyLengthMax} and values up to ${valueLengthMax} characters`,
      },
    });
}

function isTextMap(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return entries.length <= keysMax && entries.every(([key, text]) => isTextEntry(key, text));
}

function isTextEntry(key: string, text: unknown): boolean {
  const named = key.length > 0 && key.length <= keyLengthMax;
  return named && typeof text === 'string' && text.length <= valueLengthMax;
}
