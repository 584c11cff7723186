import { ScalarType, type DescField, type DescMessage } from '@bufbuild/protobuf';
import type { OpenAPIObject } from '@nestjs/swagger';
import { publicName, publicWords } from './public-json.js';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
type SchemaObject = Exclude<Schemas[string], { $ref: string }>;

const reference = (schema: DescMessage): { $ref: string } => ({
  $ref: `#/components/schemas/${schema.name}`,
});

/** The OpenAPI schema of what publicJson makes of a message, and of every message within. */
export function messageSchemas(schema: DescMessage, found = new Map<string, SchemaObject>()) {
  if (found.has(schema.name)) return found;
  const properties: Record<string, SchemaObject | { $ref: string }> = {};
  found.set(schema.name, {
    type: 'object',
    properties,
    required: schema.fields.filter(alwaysThere).map(publicName),
  });
  for (const field of schema.fields) {
    properties[publicName(field)] = fieldSchema(field);
    const inner =
      field.fieldKind === 'message' || field.fieldKind === 'list' ? field.message : null;
    if (inner) messageSchemas(inner, found);
  }
  return found;
}

function alwaysThere(field: DescField): boolean {
  if (field.fieldKind === 'list' || field.fieldKind === 'map') return true;
  return field.fieldKind === 'scalar' && field.scalar !== ScalarType.STRING;
}

function fieldSchema(field: DescField): SchemaObject | { $ref: string } {
  switch (field.fieldKind) {
    case 'message':
      return reference(field.message);
    case 'enum':
      return { type: 'string', enum: publicWords(field.enum) };
    case 'list':
      return { type: 'array', items: itemSchema(field) };
    case 'map':
      return { type: 'object', additionalProperties: { type: 'string' } };
    case 'scalar':
      return scalarSchema(field);
  }
}

function itemSchema(field: DescField & { fieldKind: 'list' }): SchemaObject | { $ref: string } {
  if (field.listKind === 'message') return reference(field.message);
  if (field.listKind === 'enum') return { type: 'string', enum: publicWords(field.enum) };
  return numeric(field.scalar) ? { type: 'integer' } : { type: 'string' };
}

function scalarSchema(field: DescField & { fieldKind: 'scalar' }): SchemaObject {
  if (field.scalar === ScalarType.BOOL) return { type: 'boolean' };
  if (numeric(field.scalar)) return { type: 'integer' };
  if (field.localName.endsWith('Json')) return { type: 'object', additionalProperties: true };
  if (field.scalar === ScalarType.DOUBLE) return { type: 'number' };
  return field.localName.endsWith('At') || field.localName === 'at'
    ? { type: 'string', format: 'date-time' }
    : { type: 'string' };
}

function numeric(type: ScalarType): boolean {
  return type === ScalarType.INT32 || type === ScalarType.INT64 || type === ScalarType.UINT32;
}
