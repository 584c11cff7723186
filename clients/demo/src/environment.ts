/** What the start script tells the demo. */
export interface DemoEnvironment {
  readonly apiUrl: string;
  readonly apiKey: string;
  readonly simulatorUrl: string;
  /** Absent when the product runs on the real clock: then there is nothing to play. */
  readonly clock: { readonly url: string; readonly token: string } | undefined;
  readonly csv: string;
  readonly stateFile: string;
  readonly paceMsPerDay: number;
}

// Five weeks in two and a half minutes.
const defaultPaceMsPerDay = 4_200;

export function readEnvironment(environment: NodeJS.ProcessEnv): DemoEnvironment {
  const required = (name: string): string => {
    const value = environment[name];
    if (!value) throw new Error(`${name} is missing; start the demo with \`npm start\`.`);
    return value;
  };
  const clockUrl = environment['OVERTURE_CLOCK_URL'];
  return {
    apiUrl: required('OVERTURE_URL'),
    apiKey: required('OVERTURE_API_KEY'),
    simulatorUrl: required('OVERTURE_SIMULATOR_URL'),
    clock: clockUrl ? { url: clockUrl, token: required('OVERTURE_CLOCK_TOKEN') } : undefined,
    csv: environment['OVERTURE_DEMO_CSV'] ?? 'samples/connections.csv',
    stateFile: environment['OVERTURE_DEMO_STATE'] ?? '.overture/demo.json',
    paceMsPerDay: Number(environment['OVERTURE_DEMO_PACE_MS_PER_DAY'] ?? defaultPaceMsPerDay),
  };
}
