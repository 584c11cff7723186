import { dayMs, plus, type Instant } from '@overture/kernel';
import type { Slice } from '../store/relations.sql.js';
import { refusal, type Answer } from './answer.js';
import type { Call } from './call.js';

// LinkedIn's pages shift while they are read: each repeats the end of the one before.
const overlap = 2;
const cursorLifeMs = dayMs;

interface Cursor {
  readonly of: string;
  readonly offset: number;
  readonly issuedAt: Instant;
}

/** Answers one page of a listing, and where the next one begins. */
export async function pageOf<Row>(
  call: Call,
  size: number,
  { read, show }: { read: (slice: Slice) => Promise<Row[]>; show: (row: Row) => object },
): Promise<Answer> {
  const cursor = readCursor(call);
  if (cursor === 'refused') return refusal(400, 'BAD_PARAMETERS');
  const offset = cursor?.offset ?? 0;
  const found = await read({ offset, limit: size + 1 });
  const body = found.slice(0, size).map(show);
  if (found.length <= size) return { status: 200, body };
  const next: Cursor = { of: listing(call), offset: offset + size - overlap, issuedAt: call.now };
  return { status: 200, body, nextCursor: writeCursor(next) };
}

function readCursor(call: Call): Cursor | 'refused' | undefined {
  if (call.cursor === undefined) return undefined;
  try {
    const cursor = JSON.parse(Buffer.from(call.cursor, 'base64url').toString()) as Cursor;
    const fresh = plus(cursor.issuedAt, cursorLifeMs) > call.now;
    return cursor.of === listing(call) && Number.isInteger(cursor.offset) && fresh
      ? cursor
      : 'refused';
  } catch {
    return 'refused';
  }
}

function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** A cursor goes with the very same request: action, identity and input. */
function listing({ action, identity, input }: Call): string {
  const { custom_data: _, ...asked } = input;
  return `${action} ${identity.uid} ${JSON.stringify(asked)}`;
}
