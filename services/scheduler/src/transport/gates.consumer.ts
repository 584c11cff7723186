import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  AllowancesSeenSchema,
  CampaignArchivedSchema,
  CampaignCreatedSchema,
  CampaignLaunchedSchema,
  CampaignPausedSchema,
  CampaignResumedSchema,
  CampaignSettingsChangedSchema,
  IdentityAddedSchema,
  IdentityPausedSchema,
  IdentityPolicySetSchema,
  IdentityResumedSchema,
  LoginExpiredSchema,
  LoginRestoredSchema,
  ScheduleChangedSchema,
  type AllowancesSeen,
  type CampaignArchived,
  type CampaignCreated,
  type CampaignLaunched,
  type CampaignPaused,
  type CampaignResumed,
  type CampaignSettings,
  type CampaignSettingsChanged,
  type CompanyCap as CompanyCapMessage,
  type IdentityAdded,
  type IdentityPaused,
  type IdentityPolicySet,
  type IdentityResumed,
  type LoginExpired,
  type LoginRestored,
  type ScheduleChanged,
} from '@overture/contracts';
import { instant } from '@overture/kernel';
import { OnEvent, type EventContext } from '@overture/messaging';
import { campaignCaps, rampNamed, type CompanyCap } from '@overture/policy';
import { hoursOf } from '@overture/service-kit';
import type { CampaignNews, IdentityNews } from '../app/changes.js';
import { Timetable } from '../app/ports.js';
import { scheduleFromContract } from './schedule.js';

/** Who may act at all: campaigns from campaign, identities and their logins from sync. */
@Controller()
export class GatesConsumer {
  constructor(private readonly timetable: Timetable) {}

  @OnEvent(CampaignCreatedSchema)
  onCampaignCreated(@Payload() event: CampaignCreated, @Ctx() context: EventContext): void {
    this.caps(context, event, event.settings);
  }

  @OnEvent(CampaignSettingsChangedSchema)
  onSettingsChanged(@Payload() event: CampaignSettingsChanged, @Ctx() context: EventContext): void {
    this.caps(context, event, event.settings);
  }

  @OnEvent(CampaignLaunchedSchema)
  onCampaignLaunched(@Payload() event: CampaignLaunched, @Ctx() context: EventContext): void {
    const schedule = scheduleFromContract(event.schedule);
    this.campaign(context, event, { type: 'launched', schedule });
  }

  @OnEvent(ScheduleChangedSchema)
  onScheduleChanged(@Payload() event: ScheduleChanged, @Ctx() context: EventContext): void {
    const schedule = scheduleFromContract(event.schedule);
    this.campaign(context, event, { type: 'rescheduled', schedule });
  }

  @OnEvent(CampaignPausedSchema)
  onCampaignPaused(@Payload() event: CampaignPaused, @Ctx() context: EventContext): void {
    this.campaign(context, event, { type: 'paused', cause: event.cause });
  }

  @OnEvent(CampaignResumedSchema)
  onCampaignResumed(@Payload() event: CampaignResumed, @Ctx() context: EventContext): void {
    this.campaign(context, event, { type: 'resumed' });
  }

  @OnEvent(CampaignArchivedSchema)
  onCampaignArchived(@Payload() event: CampaignArchived, @Ctx() context: EventContext): void {
    this.campaign(context, event, { type: 'archived' });
  }

  @OnEvent(IdentityAddedSchema)
  onIdentityAdded(@Payload() event: IdentityAdded, @Ctx() context: EventContext): void {
    const { timeZone: zone, tier } = event;
    this.identity(context, event, { type: 'added', zone, tier });
  }

  @OnEvent(IdentityPolicySetSchema)
  onIdentityPolicySet(@Payload() event: IdentityPolicySet, @Ctx() context: EventContext): void {
    const { profile, tier, rampStartedAt, ramp, hours, holidayRegion } = event;
    const policy = {
      profile,
      tier,
      holidayRegion,
      ...(rampStartedAt && { rampStartedAt: instant(rampStartedAt), ramp: rampNamed(ramp) }),
      ...(hours && { hours: hoursOf(hours) }),
    };
    this.identity(context, event, { type: 'policy_set', policy });
  }

  @OnEvent(AllowancesSeenSchema)
  onAllowancesSeen(@Payload() event: AllowancesSeen, @Ctx() context: EventContext): void {
    const { pendingInvitations, inmailCredits, notesLeft } = event;
    const seen = { pendingInvitations, inmailCredits, notesLeft, at: instant(event.at) };
    this.identity(context, event, { type: 'allowances_seen', seen });
  }

  @OnEvent(LoginExpiredSchema)
  onLoginExpired(@Payload() event: LoginExpired, @Ctx() context: EventContext): void {
    this.identity(context, event, { type: 'login_lost', generation: event.generation });
  }

  @OnEvent(LoginRestoredSchema)
  onLoginRestored(@Payload() event: LoginRestored, @Ctx() context: EventContext): void {
    this.identity(context, event, { type: 'login_restored', generation: event.generation });
  }

  @OnEvent(IdentityPausedSchema)
  onIdentityPaused(@Payload() event: IdentityPaused, @Ctx() context: EventContext): void {
    this.identity(context, event, { type: 'paused', cause: event.cause });
  }

  @OnEvent(IdentityResumedSchema)
  onIdentityResumed(@Payload() event: IdentityResumed, @Ctx() context: EventContext): void {
    this.identity(context, event, { type: 'resumed' });
  }

  private caps(
    context: EventContext,
    event: { campaignId: string },
    settings: CampaignSettings | undefined,
  ): void {
    if (settings !== undefined) {
      const companyCap = companyCapOf(settings.company?.cap);
      const waitsForNote = settings.whenNotesUsedUp === 'wait';
      const caps = {
        caps: campaignCaps(settings),
        waitsForNote,
        ...(companyCap && { companyCap }),
      };
      this.campaign(context, event, { type: 'capped', ...caps });
    }
  }

  private campaign(
    { tx, tenantId }: EventContext,
    { campaignId }: { campaignId: string },
    news: CampaignNews,
  ): void {
    this.timetable.changesOf(tx, tenantId).campaign(campaignId, news);
  }

  private identity(
    { tx, tenantId }: EventContext,
    { identityId }: { identityId: string },
    news: IdentityNews,
  ): void {
    this.timetable.changesOf(tx, tenantId).identity(identityId, news);
  }
}

function companyCapOf(message: CompanyCapMessage | undefined): CompanyCap | undefined {
  return message && { people: message.people, days: message.days };
}
