import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { ForecastService, type ForecastRequest } from '@overture/contracts';
import { usualScenario, type Scenario } from '@overture/domain-campaign';
import { hourMs, InvalidInputError } from '@overture/kernel';
import { Command, CommandContext } from '@overture/messaging';
import { forecastCampaign } from '../app/forecast-campaign.js';
import { Ports } from '../app/ports.js';
import { kindMessage } from './enums.js';
import { callerOf } from './requests.js';

const daysUsual = 35;
const daysMax = 180;

@Controller()
export class ForecastController {
  constructor(private readonly ports: Ports) {}

  @Command(ForecastService.method.forecastCampaign)
  async forecast(@Payload() request: ForecastRequest, @Ctx() context: CommandContext) {
    const wanted = { ...request, days: daysOf(request), scenario: scenarioOf(request) };
    const found = await forecastCampaign(this.ports, callerOf(context), wanted);
    const { hours, clashes, blocked, outcomes, ends, campaignIds, ...span } = found;
    return {
      ...span,
      hours: hours.map((each) => ({ ...each, kind: kindMessage(each.kind) })),
      clashes: clashes.map((each) => ({ ...each, kind: kindMessage(each.kind) })),
      blocked: blocked.map((each) => ({ ...each, exampleLeadIds: [...each.exampleLeadIds] })),
      outcomes: [...outcomes],
      ends: ends.map(({ campaignId, at }) => ({ campaignId, endsAt: at })),
      campaignIds: [...campaignIds],
    };
  }
}

function daysOf({ days }: ForecastRequest): number {
  if (days === 0) return daysUsual;
  if (days >= 1 && days <= daysMax) return days;
  throw new InvalidInputError([{ path: '/days', message: `Expected 1 to ${daysMax}.` }]);
}

function scenarioOf(request: ForecastRequest): Scenario {
  const { seed, acceptPercent, replyPercent, approveAfterHours } = request;
  return {
    seed: seed || usualScenario.seed,
    acceptShare: share(acceptPercent, '/acceptPercent') ?? usualScenario.acceptShare,
    replyShare: share(replyPercent, '/replyPercent') ?? usualScenario.replyShare,
    ...(approveAfterHours >= 0 && { approveAfterMs: approveAfterHours * hourMs }),
  };
}

function share(percent: number, path: string): number | undefined {
  if (percent === -1) return undefined;
  if (percent >= 0 && percent <= 100) return percent / 100;
  throw new InvalidInputError([{ path, message: 'Expected 0 to 100.' }]);
}
