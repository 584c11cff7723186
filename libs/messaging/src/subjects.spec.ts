import { readFileSync } from 'node:fs';
import { LeadEnrolledSchema, OpsService } from '@overture/contracts';
import {
  commandSubject,
  durableName,
  eventStreamName,
  eventSubject,
  opsSubject,
  partitionFilter,
  partitionOf,
  partitionsTotal,
} from './subjects.js';
import { eventStreamConfig } from './topology.js';

describe('Subjects', () => {
  it('name the context, the type and the partition', () => {
    expect(eventSubject(LeadEnrolledSchema.typeName, 7)).toBe(
      'overture.event.campaign.v1.LeadEnrolled.07',
    );
    expect(partitionFilter(7)).toBe('overture.event.*.v1.*.07');
    expect(durableName('campaign', 7)).toBe('campaign-p07');
  });

  it('of commands name the context and the method, or the service that is asked about itself', () => {
    expect(commandSubject(OpsService.method.readStream)).toBe('overture.command.ops.v1.ReadStream');
    expect(opsSubject('sync', OpsService.method.readStream)).toBe(
      'overture.command.sync.ops.v1.ReadStream',
    );
  });

  it('refuse a type of somebody else', () =>
    expect(() => eventSubject('google.protobuf.Empty', 1)).toThrow('overture.<context>.v1'));
});

describe('The partition of a stream', () => {
  // Events in flight and progress rows depend on it: these numbers never change.
  it('is the same for ever', () =>
    expect(
      ['enrollment-1', 'enrollment-2', 'campaign-1'].map((id) => partitionOf('tenant-1', id)),
    ).toEqual([18, 40, 10]));

  it('spreads streams evenly', () => {
    const amounts = Array.from({ length: partitionsTotal }, () => 0);
    for (let n = 0; n < 64_000; n++) {
      const partition = partitionOf('b7c1a2d0-5f0e-4c7a-9d5b-3c2f7b9a1e10', `enrollment-${n}`);
      amounts[partition] = (amounts[partition] ?? 0) + 1;
    }
    expect(Math.min(...amounts)).toBeGreaterThan(850);
    expect(Math.max(...amounts)).toBeLessThan(1_150);
  });
});

describe('The event stream that a service makes when NATS has lost it', () => {
  it('is the one that an installation is given', () => {
    const text = readFileSync('deploy/nats/stream.json', 'utf8');
    const { partitions, ...stream } = JSON.parse(text) as Record<string, unknown>;
    expect(eventStreamConfig).toEqual(stream);
    expect([eventStreamName, partitionsTotal]).toEqual([stream['name'], partitions]);
  });
});
