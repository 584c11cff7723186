import type { Instant } from '@overture/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from './columns.js';

@Entity('idempotency_records')
export class IdempotencyRecordEntity {
  @PrimaryColumn({ name: 'tenant_id', type: 'text' })
  tenantId!: string;

  @PrimaryColumn({ name: 'key_sha256', type: 'text' })
  keySha256!: string;

  @Column({ name: 'request_sha256', type: 'text' })
  requestSha256!: string;

  @Column({ type: 'text' })
  status!: 'in_flight' | 'answered';

  @Column(instantColumn('locked_until'))
  lockedUntil!: Instant;

  @Column(instantColumn('expires_at'))
  expiresAt!: Instant;

  @Column({ name: 'response_status', type: 'integer', nullable: true })
  responseStatus!: number | null;

  @Column({ name: 'response_sealed_by', type: 'text', nullable: true })
  responseSealedBy!: string | null;

  @Column({ name: 'response_box', type: 'bytea', nullable: true })
  responseBox!: Buffer | null;
}
