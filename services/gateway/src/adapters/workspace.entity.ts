import type { Instant } from '@overture/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from './columns.js';

@Entity('workspaces')
export class WorkspaceEntity {
  @PrimaryColumn({ name: 'tenant_id', type: 'text' })
  tenantId!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column(instantColumn('created_at'))
  createdAt!: Instant;
}
