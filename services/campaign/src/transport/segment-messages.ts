import { create, type MessageInitShape } from '@bufbuild/protobuf';
import {
  SegmentFilterSchema,
  type SegmentFilter as FilterMessage,
  type SegmentSchema,
} from '@overture/contracts';
import type { SegmentFilter } from '../app/segment-filter.js';
import type { SegmentRow } from '../app/segments.js';

export function filterOf(message: FilterMessage | undefined): SegmentFilter {
  const { $typeName: _, $unknown: __, ...filter } = message ?? create(SegmentFilterSchema);
  return filter;
}

export function segmentMessage({
  filter,
  ...row
}: SegmentRow): MessageInitShape<typeof SegmentSchema> {
  const copies = Object.entries(filter).map(([part, entries]: [string, string[]]) => {
    return [part, [...entries]];
  });
  return {
    ...row,
    filter: Object.fromEntries(copies) as MessageInitShape<typeof SegmentFilterSchema>,
  };
}
