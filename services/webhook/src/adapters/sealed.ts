import type { KeyRing } from '@overture/event-store';

/** A secret at rest: which key of the ring wraps it, and the box. */
export interface SealedSecret {
  readonly wrappedBy: string;
  readonly box: Buffer;
}

/** Seals secrets of endpoints under the installation's key ring, bound to the row and column they stand in. */
export class SecretSealer {
  constructor(private readonly ring: KeyRing) {}

  seal(text: string, place: string): SealedSecret {
    return { wrappedBy: this.ring.currentId, box: this.ring.wrap(Buffer.from(text), place) };
  }

  open({ wrappedBy, box }: SealedSecret, place: string): string {
    return this.ring.unwrap(wrappedBy, box, place).toString();
  }
}
