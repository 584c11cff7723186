import { create, toJson } from '@bufbuild/protobuf';
import type { RecordedEvent } from '@overture/event-store';
import { goldensOf } from '@overture/testing/decider';
import type { ClaimEvent } from '../app/claim-events.js';
import { publishClaim } from './publish-claim.js';

// Stored long ago, they must still be published as they were.
const goldens = goldensOf<ClaimEvent>('services/scheduler/golden');

it('Every event has its golden', () => {
  const types: ClaimEvent['type'][] = ['ActionClaimed', 'ClaimClosed', 'ClaimGivenBack'];
  expect(goldens.map(({ file }) => file)).toEqual(types.map((type) => `${type}.v1.json`));
});

it.each(goldens)('$file says to others what it says to us', ({ event }) => {
  const { schema, message } = publishClaim(event as RecordedEvent);
  expect(schema.name).toBe(event.type);
  const kind = event.type === 'ActionClaimed' ? { kind: 'ACTION_KIND_CONNECT' } : {};
  expect(toJson(schema, create(schema, message as never))).toEqual({ ...event.data, ...kind });
});

it('A claim says by which decision it was made, and whether the note stays out (F027, M1)', () => {
  const { event } = goldens.find(({ event: { type } }) => type === 'ActionClaimed')!;
  const decided = { decisionJson: '{"policy":"1.1"}', note: 'without' };
  const { message } = publishClaim({
    ...event,
    data: { ...event.data, ...decided },
  } as RecordedEvent);
  expect(message).toMatchObject(decided);
});
