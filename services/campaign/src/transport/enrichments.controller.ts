import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import type { MessageInitShape } from '@bufbuild/protobuf';
import {
  EnrichmentService,
  type EnrichmentIdRequest,
  type EnrichmentSchema,
  type StartEnrichmentRequest,
} from '@overture/contracts';
import { Command, CommandContext } from '@overture/messaging';
import { cancelEnrichment, getEnrichment, type ShownEnrichment } from '../app/enrichment-view.js';
import { Ports } from '../app/ports.js';
import { startEnrichment } from '../app/start-enrichment.js';
import { callerOf } from './requests.js';

const rpc = EnrichmentService.method;

/** What LinkedIn shows of leads now (F050). */
@Controller()
export class EnrichmentsController {
  constructor(private readonly ports: Ports) {}

  @Command(rpc.startEnrichment)
  async start(@Payload() request: StartEnrichmentRequest, @Ctx() context: CommandContext) {
    return enrichmentMessage(await startEnrichment(this.ports, callerOf(context), request));
  }

  @Command(rpc.getEnrichment)
  async get(@Payload() { enrichmentId }: EnrichmentIdRequest, @Ctx() context: CommandContext) {
    return enrichmentMessage(await getEnrichment(this.ports, callerOf(context), enrichmentId));
  }

  @Command(rpc.cancelEnrichment)
  async cancel(@Payload() { enrichmentId }: EnrichmentIdRequest, @Ctx() context: CommandContext) {
    return enrichmentMessage(await cancelEnrichment(this.ports, callerOf(context), enrichmentId));
  }
}

function enrichmentMessage(row: ShownEnrichment): MessageInitShape<typeof EnrichmentSchema> {
  const { freshSince: _, afterLeadId: __, turns: ___, meta: ____, ...shown } = row;
  const { earliestEnd = '', nextAt } = row;
  return { ...shown, nextAt: row.status === 'reading' ? nextAt : '', earliestEnd };
}
