import type { Instant } from '@overture/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from './columns.js';

@Entity('api_keys')
export class ApiKeyEntity {
  @PrimaryColumn({ name: 'tenant_id', type: 'text' })
  tenantId!: string;

  @PrimaryColumn({ name: 'key_id', type: 'text' })
  keyId!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ name: 'secret_sha256', type: 'text' })
  secretSha256!: string;

  @Column({ type: 'text', array: true })
  scopes!: string[];

  @Column(instantColumn('created_at'))
  createdAt!: Instant;

  @Column(instantColumn('expires_at', { nullable: true }))
  expiresAt!: Instant | null;

  @Column(instantColumn('revoked_at', { nullable: true }))
  revokedAt!: Instant | null;

  @Column(instantColumn('last_used_at', { nullable: true }))
  lastUsedAt!: Instant | null;
}
