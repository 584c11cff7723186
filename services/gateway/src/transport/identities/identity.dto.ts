import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsNotEmpty, IsOptional, IsString, IsTimeZone, MaxLength } from 'class-validator';

const tiers = ['classic', 'premium', 'sales_navigator'] as const;

export class AddIdentityDto {
  @ApiProperty()
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  name!: string;

  @ApiPropertyOptional({ enum: ['edges'], default: 'edges' })
  @IsOptional()
  @IsIn(['edges'])
  provider: string = 'edges';

  @ApiPropertyOptional({ description: "The provider's id of the account" })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  accountRef: string = '';

  @ApiProperty({ example: 'Europe/Lisbon' })
  @IsTimeZone()
  timeZone!: string;

  @ApiPropertyOptional({ enum: tiers, default: 'classic' })
  @IsOptional()
  @IsIn(tiers)
  tier: string = 'classic';
}
