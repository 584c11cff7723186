import type { DescEnum, DescField, DescMessage, MessageShape } from '@bufbuild/protobuf';

export type JsonObject = { [name: string]: unknown };

/**
 * A message as the public API shows it: camelCase, numbers as numbers, enum values as plain words, JSON texts
 * opened; empty text and absent messages are left out, lists, numbers and booleans never are.
 */
export function publicJson<S extends DescMessage>(schema: S, message: MessageShape<S>): JsonObject {
  const json: JsonObject = {};
  const values = message as Record<string, unknown>;
  for (const field of schema.fields) {
    const value = publicValue(field, values[field.localName]);
    if (value !== undefined) json[publicName(field)] = value;
  }
  return json;
}

/** `dataJson` holds JSON as text; in public it is `data`. */
export function publicName({ localName }: DescField): string {
  return localName.replace(/Json$/, '');
}

/** `CAMPAIGN_TYPE_CONNECTOR` → `connector`. */
function publicWord({ sharedPrefix }: DescEnum, name: string): string {
  return name.toLowerCase().slice(sharedPrefix?.length ?? 0);
}

/** The words of an enum, without `unspecified`. */
export function publicWords(schema: DescEnum): string[] {
  const values = schema.values.filter(({ number }) => number !== 0);
  return values.map(({ name }) => publicWord(schema, name));
}

/** The number of a word; 0 when there is no such word. */
export function enumNumber(schema: DescEnum, word: string): number {
  return schema.values.find(({ name }) => publicWord(schema, name) === word)?.number ?? 0;
}

function publicValue(field: DescField, value: unknown): unknown {
  if (value === undefined || value === '') return undefined;
  switch (field.fieldKind) {
    case 'message':
      return publicJson(field.message, value as never);
    case 'enum':
      return wordOf(field.enum, value as number);
    case 'list':
      return (value as unknown[]).map((item) => listItem(field, item));
    case 'map':
      return { ...(value as JsonObject) };
    case 'scalar':
      return scalar(field, value);
  }
}

function listItem(field: DescField & { fieldKind: 'list' }, item: unknown): unknown {
  if (field.listKind === 'message') return publicJson(field.message, item as never);
  return field.listKind === 'enum' ? wordOf(field.enum, item as number) : item;
}

function wordOf(schema: DescEnum, number: number): string | undefined {
  const value = schema.value[number];
  return value === undefined || number === 0 ? undefined : publicWord(schema, value.name);
}

function scalar(field: DescField, value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  return field.localName.endsWith('Json') ? (JSON.parse(value as string) as unknown) : value;
}
