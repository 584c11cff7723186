import { EndpointDisabledSchema, ProviderNoticeReceivedSchema } from '@overture/contracts';
import type { RecordedEvent } from '@overture/event-store';
import { published, type Published } from '@overture/messaging';

/** The public form of every event this service stores. */
export function publishWebhook(event: RecordedEvent): Published {
  switch (event.type) {
    case 'ProviderNoticeReceived':
      return published(ProviderNoticeReceivedSchema, event.data);
    case 'EndpointDisabled':
      return published(EndpointDisabledSchema, event.data);
    default:
      throw new Error(`Expected an event of the webhook service, found ${event.type}.`);
  }
}
