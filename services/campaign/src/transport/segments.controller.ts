import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  SegmentService,
  type AddSegmentRequest,
  type CreateSegmentRequest,
  type ListSegmentLeadsRequest,
  type ListSegmentsRequest,
  type ListTagsRequest,
  type SegmentIdRequest,
  type TagLeadsRequest,
  type UpdateSegmentRequest,
} from '@overture/contracts';
import { Command, CommandContext } from '@overture/messaging';
import { listTags, tagLeads } from '../app/lead-tags.js';
import { Ports } from '../app/ports.js';
import { addSegment, listSegmentLeads } from '../app/segment-leads.js';
import {
  createSegment,
  deleteSegment,
  getSegment,
  listSegments,
  updateSegment,
} from '../app/segments.js';
import { leadMessage } from './answers.js';
import { callerOf, pageWanted } from './requests.js';
import { filterOf, segmentMessage } from './segment-messages.js';

const rpc = SegmentService.method;

/** Groups of leads (F048). */
@Controller()
export class SegmentsController {
  constructor(private readonly ports: Ports) {}

  @Command(rpc.tagLeads)
  async tag(@Payload() request: TagLeadsRequest, @Ctx() context: CommandContext) {
    const results = await tagLeads(this.ports, callerOf(context), request);
    return { results: results.map((each) => ({ ...each, tags: [...each.tags] })) };
  }

  @Command(rpc.listTags)
  async tags(@Payload() request: ListTagsRequest, @Ctx() context: CommandContext) {
    const { items, nextCursor } = await listTags(
      this.ports,
      callerOf(context),
      pageWanted(request),
    );
    return { tags: [...items], nextCursor };
  }

  @Command(rpc.createSegment)
  async create(@Payload() request: CreateSegmentRequest, @Ctx() context: CommandContext) {
    const wanted = { name: request.name, filter: filterOf(request.filter) };
    return segmentMessage(await createSegment(this.ports, callerOf(context), wanted));
  }

  @Command(rpc.updateSegment)
  async update(@Payload() request: UpdateSegmentRequest, @Ctx() context: CommandContext) {
    const { segmentId, expectedVersion, name, filter } = request;
    const change = {
      ...(name !== undefined && { name }),
      ...(filter && { filter: filterOf(filter) }),
    };
    const wanted = { segmentId, expectedVersion, ...change };
    return segmentMessage(await updateSegment(this.ports, callerOf(context), wanted));
  }

  @Command(rpc.getSegment)
  async get(@Payload() { segmentId }: SegmentIdRequest, @Ctx() context: CommandContext) {
    return segmentMessage(await getSegment(this.ports, callerOf(context), segmentId));
  }

  @Command(rpc.listSegments)
  async list(@Payload() request: ListSegmentsRequest, @Ctx() context: CommandContext) {
    const wanted = pageWanted(request);
    const { items, nextCursor } = await listSegments(this.ports, callerOf(context), wanted);
    return { segments: items.map(segmentMessage), nextCursor };
  }

  @Command(rpc.deleteSegment)
  async remove(@Payload() { segmentId }: SegmentIdRequest, @Ctx() context: CommandContext) {
    return segmentMessage(await deleteSegment(this.ports, callerOf(context), segmentId));
  }

  @Command(rpc.listSegmentLeads)
  async leads(@Payload() request: ListSegmentLeadsRequest, @Ctx() context: CommandContext) {
    const wanted = { ...pageWanted(request), segmentId: request.segmentId };
    const { items, nextCursor } = await listSegmentLeads(this.ports, callerOf(context), wanted);
    return { leads: items.map(leadMessage), nextCursor };
  }

  @Command(rpc.addSegment)
  async add(@Payload() request: AddSegmentRequest, @Ctx() context: CommandContext) {
    const { campaignId, segmentId } = request;
    const wanted = { ...pageWanted(request), campaignId, segmentId };
    const { items, nextCursor } = await addSegment(this.ports, callerOf(context), wanted);
    return { results: [...items], nextCursor };
  }
}
