import { Get } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse } from '@nestjs/swagger';
import {
  actionKinds,
  breakerPolicy,
  defaultLimits,
  limitProfiles,
  ramps,
  ruleNames,
  textLengthMax,
  tierLimits,
  tiers,
} from '@overture/policy';
import { Resource, Route } from '../http/api.js';
import { CapView, LimitsView } from './limits.dto.js';

@Resource('v1/limits', 'Limits')
@ApiExtraModels(CapView)
export class LimitsController {
  @Get()
  @Route(
    'Every limit there is, with its version and where it comes from (F022, F025..F029).',
    'identities:read',
  )
  @ApiOkResponse({ type: LimitsView })
  list(): LimitsView {
    return {
      defaultProfile: defaultLimits.name,
      profiles: limitProfiles,
      tiers: Object.values(tierLimits),
      ramps: Object.values(ramps),
      breaker: breakerPolicy,
      textLengths: actionKinds
        .flatMap((kind) => tiers.map((tier) => ({ kind, tier, max: textLengthMax(kind, tier) })))
        .filter(({ max }) => max > 0),
      rules: ruleNames,
    };
  }
}
