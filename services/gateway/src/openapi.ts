import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { answered } from './transport/http/api.js';
import { messageSchemas } from './transport/http/message-schemas.js';

const description = `Event-sourced LinkedIn outreach. JSON in camelCase; the workspace follows from the API key.

* Errors are RFC 9457 problems; \`code\` is stable, \`errors[].pointer\` names the field.
* Writes take an \`Idempotency-Key\`; what has a \`version\` has it as its ETag and heeds \`If-Match\`.
* Lists take \`limit\` and \`cursor\` and answer with \`nextCursor\` while there is more.
* \`RateLimit\` and \`RateLimit-Policy\` tell what is left; whatever stops an outreach is never refused.`;

/** The OpenAPI document, from the code alone. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Overture')
    .setVersion('1')
    .setDescription(description)
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'ovt_<env>_<id>_<secret>' })
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) =>
      `${controller.replace(/Controller$/, '')}.${method}`,
  });
  const schemas = { ...document.components?.schemas, ...messages(), Problem: problemSchema };
  document.components = { ...document.components, schemas: sorted(schemas) };
  return document;
}

function messages() {
  const found = new Map();
  for (const schema of answered) messageSchemas(schema, found);
  return Object.fromEntries(found) as Record<string, object>;
}

function sorted<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const problemSchema = {
  type: 'object',
  description: 'RFC 9457',
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string', description: '`noun/state`; stable' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          pointer: { type: 'string', description: 'JSON pointer' },
          detail: { type: 'string' },
        },
        required: ['pointer', 'detail'],
      },
    },
    values: { type: 'object', additionalProperties: true },
  },
  required: ['type', 'title', 'status', 'detail', 'code'],
};
