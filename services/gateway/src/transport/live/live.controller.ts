import { Query, Req, Sse, type MessageEvent } from '@nestjs/common';
import { ApiHeader, ApiPropertyOptional } from '@nestjs/swagger';
import { CampaignService, type PartnerEvent, PartnerEventSchema } from '@overture/contracts';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { Observable } from 'rxjs';
import type { FedEvent } from '../../app/live-feed.js';
import { Resource, Route } from '../http/api.js';
import { Backend } from '../http/backend.js';
import { From, type Caller } from '../http/caller.js';
import { HttpProblem } from '../http/problem.js';
import { publicJson } from '../http/public-json.js';
import { PartnerFeed } from './partner-feed.js';
import { LiveView } from './live-view.js';

export class LiveQuery {
  @ApiPropertyOptional({ description: 'Also its counts, whenever something happened' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  campaignId: string = '';
}

@Resource('v1/live', 'Live')
export class LiveController {
  constructor(
    private readonly backend: Backend,
    private readonly feed: PartnerFeed,
  ) {}

  @Sse()
  @Route(
    'Events as they happen (`event`), counts of a campaign (`stats`), and a `heartbeat`.',
    'webhooks:read',
  )
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Go on after this event' })
  live(
    @Query() { campaignId }: LiveQuery,
    @Req() request: FastifyRequest,
    @From() caller: Caller,
  ): Observable<MessageEvent> {
    if (!request.headers.accept?.includes('text/event-stream')) throw notAcceptable();
    const resumeFrom = request.headers['last-event-id'];
    return new Observable((subscriber) => {
      const view = new LiveView({
        feed: this.feed,
        tenantId: caller.tenantId,
        resumeFrom: typeof resumeFrom === 'string' ? resumeFrom : '',
        send: (message) => subscriber.next(message),
        describe,
        stats: campaignId === '' ? undefined : () => this.stats(campaignId, caller),
      });
      const forget = this.feed.onClose(() => subscriber.complete());
      return () => {
        forget();
        view.close();
      };
    });
  }

  private stats(campaignId: string, caller: Caller) {
    return this.backend.ask(CampaignService.method.getCampaignStats, { campaignId }, caller);
  }
}

function describe({ event, resumeFrom }: FedEvent<PartnerEvent>): MessageEvent {
  return { id: resumeFrom, type: 'event', data: publicJson(PartnerEventSchema, event) };
}

function notAcceptable(): HttpProblem {
  return new HttpProblem(406, 'live/not-acceptable', 'Send Accept: text/event-stream.');
}
