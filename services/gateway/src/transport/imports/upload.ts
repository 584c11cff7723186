import { InvalidInputError } from '@overture/kernel';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { HttpProblem } from '../http/problem.js';

/** A file as it comes in, with what was said about it. */
export interface Upload {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly fileName: string;
  readonly campaignId: string;
  /** Column header → field. */
  readonly mapping: Readonly<Record<string, string>>;
}

const mappingLengthMax = 20_000;

/** From a form (fields first, then the file) or from the plain body with the same names in the query. */
export async function uploadOf(request: FastifyRequest): Promise<Upload> {
  const query = request.query as Record<string, unknown>;
  if (!request.isMultipart()) {
    return upload((name) => textOf(query[name]), bodyOf(request), textOf(query['fileName']));
  }
  const part = await request.file();
  if (part === undefined) throw noFile();
  const field = (name: string): string => textOf(query[name]) || fieldOf(part, name);
  return upload(field, part.file, part.filename);
}

function upload(
  field: (name: string) => string,
  bytes: AsyncIterable<Uint8Array>,
  fileName: string,
): Upload {
  const mapping = mappingOf(field('mapping'));
  return { bytes, fileName: fileName.slice(0, 200), campaignId: field('campaignId'), mapping };
}

function bodyOf({ body }: FastifyRequest): AsyncIterable<Uint8Array> {
  if (isBytes(body)) return body;
  throw noFile();
}

function isBytes(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

function fieldOf({ fields }: MultipartFile, name: string): string {
  const field = fields[name];
  const first = Array.isArray(field) ? field[0] : field;
  return first?.type === 'field' ? textOf(first.value) : '';
}

function mappingOf(text: string): Record<string, string> {
  if (text === '') return {};
  const mapping = text.length <= mappingLengthMax ? parsed(text) : undefined;
  if (isTexts(mapping)) return mapping;
  const message = 'Expected a JSON object: column header → field.';
  throw new InvalidInputError([{ path: '/mapping', message }]);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isTexts(value: unknown): value is Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((field) => typeof field === 'string');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function noFile(): HttpProblem {
  return new HttpProblem(
    415,
    'import/no-file',
    'Send the file as text/csv or in a form as `file`.',
  );
}
