import { Body, Controller, Get, HttpCode, NotFoundException, Param, Post } from '@nestjs/common';
import { Clock } from '@overture/kernel';
import type { Scene } from '../app/call.js';
import { defaultWorkspace } from '../app/identities.js';
import { login } from '../app/login.js';
import { WorldStore } from '../app/ports.js';
import { addIdentity, beginWorld, fixPeople, relate, replyNow } from '../app/stage.js';
import { lockIdentity } from '../store/identities.sql.js';
import { setWebhookTarget } from '../store/webhook-targets.sql.js';
import { readWorld, type World } from '../store/world.sql.js';
import type { Knobs } from '../world/knobs.js';
import { readHabits } from './habits-input.js';
import { Input } from './input.js';

const statuses = ['VALID', 'INVALID', 'PENDING'] as const;
const tiers = ['classic', 'navigator'] as const;

/** How a test or the demo sets the scene. */
@Controller('_sim')
export class StageController {
  constructor(
    private readonly store: WorldStore,
    private readonly clock: Clock,
  ) {}

  /** Empties everything and begins the default world. */
  @Post('reset')
  @HttpCode(200)
  reset(): Promise<World> {
    return this.store.change((sql) => beginWorld(sql, {}, this.clock.now()));
  }

  /** Empties everything and begins a world of one's own. */
  @Post('world')
  @HttpCode(200)
  world(@Body() body: unknown): Promise<World> {
    const input = new Input(body, ['seed', 'startAt', 'knobs']);
    const seed = input.optionalText('seed');
    const startAt = input.optionalInstant('startAt');
    const knobs = input.object('knobs') as Partial<Knobs>;
    const given = { ...(seed && { seed }), ...(startAt && { startAt }), knobs };
    return this.store.change((sql) => beginWorld(sql, given, this.clock.now()));
  }

  @Get('world')
  async readWorld(): Promise<object> {
    const world = await this.store.change((sql) => readWorld(sql));
    return { ...world, now: this.clock.now() };
  }

  @Post('webhook')
  @HttpCode(200)
  async webhook(@Body() body: unknown): Promise<object> {
    const input = new Input(body, ['url', 'headers', 'workspace']);
    const workspace = input.optionalText('workspace') ?? defaultWorkspace;
    const target = { url: input.text('url'), headers: input.object('headers') as {} };
    await this.store.change((sql) => setWebhookTarget(sql, workspace, target));
    return { workspace };
  }

  @Post('identities')
  @HttpCode(200)
  async identity(@Body() body: unknown): Promise<object> {
    const input = new Input(body, ['uid', 'name', 'timeZone', 'tier', 'workspace', 'status']);
    const identity = {
      uid: input.text('uid'),
      name: input.text('name'),
      time_zone: input.optionalText('timeZone') ?? 'Europe/Berlin',
      tier: input.oneOf('tier', tiers, 'classic'),
      workspace: input.optionalText('workspace') ?? defaultWorkspace,
      status: input.oneOf('status', statuses, 'VALID'),
    };
    await this.scene((scene) => addIdentity(scene, identity));
    return { uid: identity.uid };
  }

  /** Somebody logs in at LinkedIn for this identity. */
  @Post('identities/:uid/login')
  @HttpCode(200)
  login(@Param('uid') uid: string, @Body() body: unknown): Promise<object> {
    const outcome = new Input(body ?? {}, ['outcome']).oneOf(
      'outcome',
      ['succeeds', 'fails'],
      'succeeds',
    );
    return this.scene(async (scene) => {
      const identity = await lockIdentity(scene.sql, uid);
      if (identity === undefined) throw new NotFoundException(`No identity has the uid ${uid}.`);
      await login(scene, identity, outcome);
      return { uid, outcome };
    });
  }

  @Post('relations')
  @HttpCode(200)
  relations(@Body() body: unknown): Promise<object> {
    const input = new Input(body, ['identityUid', 'people']);
    const identityUid = input.text('identityUid');
    const people = input.list('people', ['profileUrl', 'since'], (item) => {
      const since = item.optionalInstant('since');
      return { profileUrl: item.text('profileUrl'), ...(since && { since }) };
    });
    return this.scene((scene) => relate(scene, identityUid, people));
  }

  @Post('people')
  @HttpCode(200)
  people(@Body() body: unknown): Promise<object> {
    const known = ['profileUrl', 'habits', 'firstName', 'lastName', 'aliases'];
    const people = new Input(body, ['people']).list('people', known, (item) => {
      const firstName = item.optionalText('firstName');
      const lastName = item.optionalText('lastName');
      return {
        profileUrl: item.text('profileUrl'),
        habits: readHabits(item.object('habits')),
        aliases: item.optionalTexts('aliases') ?? [],
        ...(firstName && { firstName }),
        ...(lastName && { lastName }),
      };
    });
    return this.scene((scene) => fixPeople(scene, people));
  }

  /** A person answers an identity now. */
  @Post('reply')
  @HttpCode(200)
  async reply(@Body() body: unknown): Promise<object> {
    const input = new Input(body, ['identityUid', 'profileUrl', 'text']);
    const text = input.optionalText('text');
    const given = {
      identityUid: input.text('identityUid'),
      profileUrl: input.text('profileUrl'),
      ...(text && { text }),
    };
    return { replied: await this.scene((scene) => replyNow(scene, given)) };
  }

  private scene<T>(work: (scene: Scene) => Promise<T>): Promise<T> {
    return this.store.change(async (sql) =>
      work({ sql, world: await readWorld(sql), now: this.clock.now() }),
    );
  }
}
