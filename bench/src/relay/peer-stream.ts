import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, headers } from '@nats-io/transport-node';
import type { NatsServer } from '../../../tools/lib/nats.mjs';
import { event } from '../shared/sample-event.js';

export interface PeerMessage {
  readonly id: string;
  readonly body: string;
  readonly subject: string;
}

/** A JetStream stream of the peer's own, published to as its documentation does: a promise for each message. */
export async function peerStream(nats: NatsServer, name: string) {
  const connection = await connect({ servers: nats.url });
  const manager = await jetstreamManager(connection);
  await manager.streams.add({ name: `PEER_${name}`, subjects: [`peer.${name}.>`] });
  const js = jetstream(connection);
  const publishOne = ({ id, body, subject }: PeerMessage) => {
    const attributes = headers();
    attributes.set('ce-id', id);
    attributes.set('ce-type', event.type);
    attributes.set('ce-subject', subject);
    return js.publish(`peer.${name}.${subject}`, body, { msgID: id, headers: attributes });
  };
  return {
    async publishAll(messages: readonly PeerMessage[]) {
      await Promise.all(messages.map(publishOne));
    },
    close: () => connection.close(),
  };
}
