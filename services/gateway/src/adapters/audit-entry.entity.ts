import type { Instant } from '@overture/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from './columns.js';

@Entity('audit_entries')
export class AuditEntryEntity {
  @PrimaryColumn({ name: 'tenant_id', type: 'text' })
  tenantId!: string;

  @PrimaryColumn({ type: 'bigint' })
  number!: string;

  @Column(instantColumn('at'))
  at!: Instant;

  @Column({ type: 'text' })
  actor!: string;

  @Column({ type: 'text' })
  action!: string;

  @Column({ type: 'text' })
  target!: string;

  @Column({ type: 'integer' })
  status!: number;

  @Column({ type: 'text' })
  address!: string;

  @Column({ name: 'request_id', type: 'text' })
  requestId!: string;

  @Column({ type: 'text' })
  hash!: string;
}
