import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import type { Message } from '@bufbuild/protobuf';
import { OnEvent, type EventContext } from '@overture/messaging';
import { publishToPartners } from '../app/publish-to-partners.js';
import { WebhookDeps } from '../app/webhook-deps.js';
import { partnerEventCatalogue } from '../partner-event-types.js';
import { DeliveryLoop } from './delivery.loop.js';

const schemas = [...partnerEventCatalogue.values()];
const schemaByName = new Map(schemas.map((schema) => [schema.typeName, schema]));
const [firstSchema, ...otherSchemas] = schemas as [(typeof schemas)[number], ...typeof schemas];

@Controller()
export class PartnerController {
  constructor(
    private readonly deps: WebhookDeps,
    private readonly loop: DeliveryLoop,
  ) {}

  @OnEvent(firstSchema, ...otherSchemas)
  async onFact(@Payload() message: Message, @Ctx() { tx, ...fact }: EventContext) {
    const schema = schemaByName.get(message.$typeName);
    if (!schema) return;
    await publishToPartners(this.deps, tx, { fact, schema, message });
    tx.afterCommit(() => this.loop.wake());
  }
}
