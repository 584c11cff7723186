import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  SequenceService,
  type CampaignIdRequest,
  type CloneCampaignRequest,
  type ExportSequenceRequest,
  type ImportSequenceRequest,
  type MoveRequest,
  type UndoMoveRequest,
} from '@overture/contracts';
import { Command, CommandContext } from '@overture/messaging';
import type { ShownLanding } from '../app/landings.js';
import { moveLeads, previewMoves, undoMove } from '../app/move-leads.js';
import { Ports } from '../app/ports.js';
import {
  cloneCampaign,
  exportSequence,
  importSequence,
  listVersions,
} from '../app/sequence-versions.js';
import { campaignMessage } from './answers.js';
import { callerOf } from './requests.js';
import { sequenceMessage } from './sequence-messages.js';

/** Leads named one by one in a preview; all of them are counted. */
const shownMax = 1_000;

@Controller()
export class SequencesController {
  constructor(private readonly ports: Ports) {}

  @Command(SequenceService.method.cloneCampaign)
  async clone(@Payload() request: CloneCampaignRequest, @Ctx() context: CommandContext) {
    return campaignMessage(await cloneCampaign(this.ports, callerOf(context), request));
  }

  @Command(SequenceService.method.listVersions)
  async versions(@Payload() { campaignId }: CampaignIdRequest, @Ctx() context: CommandContext) {
    const versions = await listVersions(this.ports, callerOf(context), campaignId);
    return {
      versions: versions.map(({ sequence, ...each }) => {
        return { ...each, sequence: sequenceMessage(sequence) };
      }),
    };
  }

  @Command(SequenceService.method.exportSequence)
  async export(@Payload() request: ExportSequenceRequest, @Ctx() context: CommandContext) {
    const file = await exportSequence(this.ports, callerOf(context), request);
    return { fileJson: JSON.stringify(file) };
  }

  @Command(SequenceService.method.importSequence)
  async import(@Payload() request: ImportSequenceRequest, @Ctx() context: CommandContext) {
    return campaignMessage(await importSequence(this.ports, callerOf(context), request));
  }

  @Command(SequenceService.method.previewMove)
  async preview(@Payload() request: MoveRequest, @Ctx() context: CommandContext) {
    const { from, to, landings } = await previewMoves(this.ports, callerOf(context), request);
    return {
      fromVersion: from,
      toVersion: to,
      counts: counted(landings),
      leads: landings.slice(0, shownMax),
    };
  }

  @Command(SequenceService.method.moveToVersion)
  async move(@Payload() request: MoveRequest, @Ctx() context: CommandContext) {
    const { refused, ...report } = await moveLeads(this.ports, callerOf(context), request);
    return { ...report, refused: [...refused] };
  }

  @Command(SequenceService.method.undoMove)
  async undo(@Payload() request: UndoMoveRequest, @Ctx() context: CommandContext) {
    const { refused, ...report } = await undoMove(this.ports, callerOf(context), request);
    return { ...report, refused: [...refused] };
  }
}

function counted(landings: readonly ShownLanding[]) {
  const counts = new Map<
    string,
    { lands: string; stepId: string; because: string; leads: number }
  >();
  for (const { lands, stepId, because } of landings) {
    const key = `${lands} ${stepId} ${because}`;
    const { leads } = counts.get(key) ?? { leads: 0 };
    counts.set(key, { lands, stepId, because, leads: leads + 1 });
  }
  return [...counts.values()];
}
