import { str } from 'envalid';

export const senderSettings = {
  EDGES_BASE_URL: str({
    desc: 'Edges, or the simulator in its place',
    default: 'https://api.edges.run/v1',
  }),
  EDGES_API_KEY: str({ desc: 'API key of the Edges workspace' }),
  FINGERPRINT_KEY: str({
    desc: 'Key of the fingerprints people are compared by; the same in every service',
  }),
};
