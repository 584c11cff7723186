import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsISO8601,
  IsNotEmpty,
  IsOptional,
  IsString,
  MaxLength,
} from 'class-validator';
import type { StoredKey, Workspace } from '../../app/ports.js';
import { scopes, type Scope } from '../../app/scopes.js';
import type { Plain } from '../http/plain.js';

export class CreateWorkspaceDto {
  @ApiProperty()
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  name!: string;
}

export class CreateKeyDto {
  @ApiProperty()
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  name!: string;

  @ApiProperty({ enum: scopes, isArray: true })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @IsIn(scopes, { each: true })
  scopes!: Scope[];

  @ApiPropertyOptional({ format: 'date-time' })
  @IsOptional()
  @IsISO8601({ strict: true })
  expiresAt?: string;
}

export class WorkspaceView {
  @ApiProperty()
  workspaceId!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class KeyView {
  @ApiProperty()
  keyId!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: scopes, isArray: true })
  scopes!: readonly string[];

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiPropertyOptional({ format: 'date-time' })
  expiresAt?: string | undefined;

  @ApiPropertyOptional({ format: 'date-time' })
  revokedAt?: string | undefined;

  @ApiPropertyOptional({ format: 'date-time' })
  lastUsedAt?: string | undefined;
}

export class KeyWithTextView extends KeyView {
  @ApiProperty({ description: 'The key itself; it is shown this once and kept nowhere' })
  key!: string;
}

export class KeysView {
  @ApiProperty({ type: [KeyView] })
  keys!: KeyView[];
}

export class NewWorkspaceView extends WorkspaceView {
  @ApiProperty({ type: KeyWithTextView })
  firstKey!: KeyWithTextView;
}

export class WorkspacesView {
  @ApiProperty({ type: [WorkspaceView] })
  workspaces!: WorkspaceView[];
}

export function workspaceView({ tenantId, name, createdAt }: Workspace): Plain<WorkspaceView> {
  return { workspaceId: tenantId, name, createdAt };
}

export function keyView(key: StoredKey): Plain<KeyView> {
  const { keyId, name, scopes: granted, createdAt, expiresAt, revokedAt, lastUsedAt } = key;
  return { keyId, name, scopes: granted, createdAt, expiresAt, revokedAt, lastUsedAt };
}
