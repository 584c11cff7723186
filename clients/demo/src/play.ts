import { createLogUpdate } from 'log-update';
import type { DemoEnvironment } from './environment.js';
import type { OvertureApi } from './overture-api.js';
import type { Receiver } from './receiver.js';
import { playedMs, scriptFor, type Scene } from './script.js';
import type { Stage } from './stage.js';
import { saveState, type DemoState } from './state.js';
import type { Time } from './time.js';
import { render, renderLine, snapshot } from './view.js';

export interface Playing {
  readonly api: OvertureApi;
  readonly stage: Stage;
  readonly time: Time;
  readonly receiver: Receiver;
  readonly environment: DemoEnvironment;
}

const refreshMs = 500;
const lineMs = 5_000;

/** Plays what is left of the five weeks, scene by scene, and shows how it stands. */
export async function play(playing: Playing, initial: DemoState): Promise<DemoState> {
  let state = initial;
  const screen = new Screen(playing, () => state);
  screen.start();
  try {
    for (const scene of scriptFor(state).filter(({ name }) => !initial.played.includes(name))) {
      await playUpTo(playing, state, scene.afterMs);
      const says = await scene.play(playing);
      if (says !== '') await screen.say(says);
      state = remember(playing, state, scene);
    }
    await playUpTo(playing, state, playedMs);
  } finally {
    await screen.stop();
  }
  return state;
}

async function playUpTo(
  { time, environment }: Playing,
  { startedAt }: DemoState,
  afterMs: number,
): Promise<void> {
  const until = new Date(Date.parse(startedAt) + afterMs);
  if ((await time.now()) < until) await time.advance(until, environment.paceMsPerDay);
}

function remember({ environment }: Playing, state: DemoState, { name }: Scene): DemoState {
  const next = { ...state, played: [...state.played, name] };
  saveState(environment.stateFile, next);
  return next;
}

/** The live table on a terminal; now and then a line where the output goes to a file. */
class Screen {
  private readonly live = createLogUpdate(process.stdout, { showCursor: true });
  private readonly isTerminal = process.stdout.isTTY === true;
  private timer: NodeJS.Timeout | undefined;
  private drawing: Promise<void> = Promise.resolve();

  constructor(
    private readonly playing: Playing,
    private readonly state: () => DemoState,
  ) {}

  start(): void {
    this.timer = setInterval(() => this.refresh(), this.isTerminal ? refreshMs : lineMs);
  }

  async say(text: string): Promise<void> {
    await this.drawing;
    if (this.isTerminal) this.live.clear();
    console.log(`  ${text}`);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.drawing;
    await this.draw();
    if (this.isTerminal) this.live.done();
  }

  private refresh(): void {
    // A refresh that finds the last one unfinished has nothing to add.
    this.drawing = this.drawing.then(() => this.draw());
  }

  private async draw(): Promise<void> {
    const { api, time, receiver } = this.playing;
    try {
      const shown = await snapshot(api, this.state(), { now: await time.now(), receiver });
      if (this.isTerminal) this.live(render(shown));
      else console.log(`  ${renderLine(shown)}`);
    } catch (error) {
      // The product may be restarting; the next look will tell.
      if (!this.isTerminal) console.log(`  no answer: ${String(error)}`);
    }
  }
}
