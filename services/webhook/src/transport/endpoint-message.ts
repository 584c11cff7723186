import type { Endpoint, DeliveryView, EndpointSettings } from '../app/ports.js';

/** An endpoint as the API shows it: without its secrets. */
export function endpointMessage(endpoint: Endpoint) {
  const { endpointId, url, order, description, status, disabledBecause, createdAt } = endpoint;
  const { eventTypes, campaignIds } = endpoint;
  return {
    endpointId,
    url,
    order,
    description,
    status,
    disabledBecause,
    createdAt,
    eventTypes: [...eventTypes],
    campaignIds: [...campaignIds],
  };
}

export function deliveryMessage(view: DeliveryView) {
  const { position, deliveredAt, ...rest } = view;
  return { ...rest, deliveryId: `${view.endpointId}.${position}`, deliveredAt: deliveredAt ?? '' };
}

/** What a create or update request asks for; an empty order means per lead. */
export function settingsOf(
  request: Omit<EndpointSettings, 'order'> & { order: string },
): EndpointSettings {
  const { url, eventTypes, campaignIds, headers, description, order } = request;
  const ordering = (order || 'lead') as EndpointSettings['order'];
  return { url, eventTypes, campaignIds, headers, description, order: ordering };
}
