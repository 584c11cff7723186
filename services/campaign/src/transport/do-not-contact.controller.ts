import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  CampaignService,
  type AddDoNotContactRequest,
  type DoNotContactIdRequest,
  type ListDoNotContactRequest,
} from '@overture/contracts';
import { Command, CommandContext } from '@overture/messaging';
import { addDoNotContact, listDoNotContact, removeDoNotContact } from '../app/do-not-contact.js';
import { Ports } from '../app/ports.js';
import { callerOf, pageWanted } from './requests.js';

@Controller()
export class DoNotContactController {
  constructor(private readonly ports: Ports) {}

  @Command(CampaignService.method.addDoNotContact)
  add(@Payload() request: AddDoNotContactRequest, @Ctx() context: CommandContext) {
    return addDoNotContact(this.ports, callerOf(context), request);
  }

  @Command(CampaignService.method.removeDoNotContact)
  remove(@Payload() request: DoNotContactIdRequest, @Ctx() context: CommandContext) {
    return removeDoNotContact(this.ports, callerOf(context), request.entryId);
  }

  @Command(CampaignService.method.listDoNotContact)
  async list(@Payload() request: ListDoNotContactRequest, @Ctx() context: CommandContext) {
    const wanted = { ...pageWanted(request), kind: request.kind };
    const { items, nextCursor } = await listDoNotContact(this.ports, callerOf(context), wanted);
    return { entries: [...items], nextCursor };
  }
}
