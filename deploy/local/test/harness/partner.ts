import { Receiver } from '@overture/demo';
import type { Delivery } from '@overture/promises';
import { afterTests } from '@overture/testing';

/** A partner's server that verifies every signature and remembers what came, in the order it came. */
export class Partner {
  readonly deliveries: Delivery[] = [];
  readonly receiver = new Receiver(({ id, data: { enrollmentId = '', sequence } }) => {
    if (enrollmentId !== '') this.deliveries.push({ eventId: id, enrollmentId, sequence });
  });

  constructor() {
    afterTests(() => Promise.resolve(this.receiver.close()));
  }
}
