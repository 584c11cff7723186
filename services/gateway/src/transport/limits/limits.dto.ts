import { ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import {
  actionKinds,
  tiers,
  type ActionKind,
  type BreakerCause,
  type RuleName,
  type Tier,
} from '@overture/policy';

export class CapView {
  @ApiProperty({ description: 'In any 24 hours' })
  per24h!: number;

  @ApiPropertyOptional({ description: 'In any 7 days; absent: no such cap' })
  per7d?: number;

  @ApiPropertyOptional({ description: "On one day of the identity's calendar" })
  perDay?: number;
}

export class RangeView {
  @ApiProperty()
  min!: number;

  @ApiProperty()
  max!: number;
}

/** Data with a version and an origin: a figure never changes without them. */
class Sourced {
  @ApiProperty()
  version!: number;

  @ApiProperty({ description: 'Where the figures come from' })
  source!: string;
}

const ofKinds = {
  type: 'object',
  description: `By kind of action: ${actionKinds.join(', ')}`,
} as const;
const caps = { ...ofKinds, additionalProperties: { $ref: getSchemaPath(CapView) } };

export class LimitProfileView extends Sourced {
  @ApiProperty({ example: 'conservative' })
  name!: string;

  @ApiProperty(caps)
  caps!: Readonly<Record<ActionKind, CapView>>;

  @ApiProperty({ description: 'Between any two actions; drawn anew after each' })
  gapMs!: RangeView;

  @ApiProperty({ ...ofKinds, additionalProperties: { type: 'integer' } })
  kindGapMs!: Readonly<Record<ActionKind, number>>;

  @ApiProperty({ description: 'Between the first contacts with two people' })
  firstTouchGapMs!: number;

  @ApiPropertyOptional({ description: 'At most this is added to it' })
  firstTouchJitterMs?: number;

  @ApiPropertyOptional({ description: 'Unanswered invitations before no other goes' })
  pendingInvitationsMax?: number;
}

export class TierLimitsView extends Sourced {
  @ApiProperty({ enum: tiers })
  tier!: Tier;

  @ApiProperty(caps)
  caps!: Readonly<Record<ActionKind, CapView>>;

  @ApiPropertyOptional({ description: 'Invitations with a note in any 31 days; absent: no quota' })
  notesPerMonth?: number;
}

export class RampStepView {
  @ApiProperty()
  fromDay!: number;

  @ApiProperty({ description: 'Of what profile and tier allow' })
  share!: number;
}

export class RampView extends Sourced {
  @ApiProperty()
  name!: string;

  @ApiProperty({ type: [RampStepView] })
  steps!: readonly RampStepView[];
}

export class BreakerView extends Sourced {
  @ApiProperty({ type: 'object', additionalProperties: { type: 'number' } })
  failures!: { withinMs: number; atLeast: number; share: number };

  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } })
  limited!: { withinMs: number; count: number };

  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } })
  restMs!: Readonly<Record<BreakerCause, number>>;

  @ApiProperty()
  restMsMax!: number;
}

export class TextLengthView {
  @ApiProperty({ enum: actionKinds })
  kind!: ActionKind;

  @ApiProperty({ enum: tiers })
  tier!: Tier;

  @ApiProperty({ description: 'Characters after rendering' })
  max!: number;
}

export class LimitsView {
  @ApiProperty({ description: 'The profile of an identity that was given no other' })
  defaultProfile!: string;

  @ApiProperty({ type: [LimitProfileView], description: 'The safest first' })
  profiles!: readonly LimitProfileView[];

  @ApiProperty({ type: [TierLimitsView] })
  tiers!: readonly TierLimitsView[];

  @ApiProperty({ type: [RampView] })
  ramps!: readonly RampView[];

  @ApiProperty()
  breaker!: BreakerView;

  @ApiProperty({ type: [TextLengthView] })
  textLengths!: readonly TextLengthView[];

  @ApiProperty({ type: [String], description: 'In the order they are asked' })
  rules!: readonly RuleName[];
}
