// Everything here is generated from proto/ (`npm run generate`); this file only gathers it.
export * from './generated/overture/campaign/v1/campaign_events_pb.js';
export * from './generated/overture/campaign/v1/campaign_service_pb.js';
export * from './generated/overture/campaign/v1/explain_service_pb.js';
export * from './generated/overture/campaign/v1/hand_service_pb.js';
export * from './generated/overture/campaign/v1/forecast_service_pb.js';
export * from './generated/overture/campaign/v1/history_service_pb.js';
export * from './generated/overture/campaign/v1/lead_events_pb.js';
export * from './generated/overture/campaign/v1/lead_service_pb.js';
export * from './generated/overture/campaign/v1/sequence_service_pb.js';
export * from './generated/overture/campaign/v1/text_service_pb.js';
export * from './generated/overture/gateway/v1/explain_pb.js';
export * from './generated/overture/ops/v1/ops_pb.js';
export * from './generated/overture/scheduler/v1/outlook_service_pb.js';
export * from './generated/overture/scheduler/v1/scheduler_pb.js';
export * from './generated/overture/sender/v1/sender_pb.js';
export * from './generated/overture/sync/v1/sync_pb.js';
export * from './generated/overture/webhook/v1/webhook_pb.js';
