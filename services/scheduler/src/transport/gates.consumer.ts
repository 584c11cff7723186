import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  CampaignArchivedSchema,
  CampaignLaunchedSchema,
  CampaignPausedSchema,
  CampaignResumedSchema,
  IdentityAddedSchema,
  IdentityPausedSchema,
  IdentityResumedSchema,
  LoginExpiredSchema,
  LoginRestoredSchema,
  ScheduleChangedSchema,
  type CampaignArchived,
  type CampaignLaunched,
  type CampaignPaused,
  type CampaignResumed,
  type IdentityAdded,
  type IdentityPaused,
  type IdentityResumed,
  type LoginExpired,
  type LoginRestored,
  type ScheduleChanged,
} from '@overture/contracts';
import { OnEvent, type EventContext } from '@overture/messaging';
import type { CampaignNews, IdentityNews } from '../app/changes.js';
import { Timetable } from '../app/ports.js';
import { scheduleFromContract } from './schedule.js';

/** Who may act at all: campaigns from campaign, identities and their logins from sync. */
@Controller()
export class GatesConsumer {
  constructor(private readonly timetable: Timetable) {}

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
    this.identity(context, event, { type: 'added', zone: event.timeZone });
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
