export const tenantId = 'b7c1a2d0-5f0e-4c7a-9d5b-3c2f7b9a1e10';

/** The event that everybody appends, relays and consumes: about 435 bytes on the wire, body and attributes. */
export const event = {
  type: 'ActionPlanned',
  data: {
    actionId: '018f3c5e-0000-7000-8000-000000000001.3.0',
    step: 3,
    kind: 2,
    messageType: 'connection_request',
    requiresConnection: true,
    notBefore: '2026-03-04T09:15:00.000Z',
    zone: 'Europe/Lisbon',
    priority: 3,
  },
};
