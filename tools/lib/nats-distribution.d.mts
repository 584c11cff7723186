export function suitesToTry(apt: string): {
  suite: string;
  sources: { uri: string; suite: string; components: string; signedBy?: string }[];
}[];
