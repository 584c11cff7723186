export { adviseHours } from './campaign/advice.js';
export { checkSequence, stepsMax, type SequenceCheck } from './campaign/check-sequence.js';
export type {
  CampaignCommand,
  ChangeSchedule,
  ChangeSettings,
  CreateCampaign,
  ReviseSequence,
  SequenceDraft,
} from './campaign/commands.js';
export { campaign } from './campaign/decide.js';
export { nameLengthMax, scheduleInForce } from './campaign/draft.js';
export { campaignCategory, type CampaignEvent } from './campaign/events.js';
export { sequenceFromTemplates, type MessageTemplates } from './campaign/message-templates.js';
export { end, placeOf, stepIdOf } from './campaign/graph.js';
export {
  readSequenceFile,
  sequenceFileFormat,
  writeSequenceFile,
  type SequenceFile,
} from './campaign/sequence-file.js';
export {
  acceptWithinDaysDefault,
  isReviewed,
  messageCount,
  messageTypeOf,
  type Branch,
  type CampaignType,
  type Condition,
  type LateAcceptance,
  type Sequence,
  type Step,
  type StepKind,
} from './campaign/sequence.js';
export type { CompanySettings } from './campaign/company-settings.js';
export { settingsInForce, type CampaignSettings } from './campaign/settings.js';
export type { Campaign, CampaignStatus, CreatedCampaign } from './campaign/state.js';
export type * from './enrollment/commands.js';
export { graceAfterPauseMs } from './enrollment/control.js';
export { enrollment } from './enrollment/decide.js';
export type * from './enrollment/course-events.js';
export { deadlineOf } from './enrollment/deadlines.js';
export type * from './enrollment/draft-events.js';
export { cooldownMs } from './enrollment/enroll.js';
export type * from './enrollment/events.js';
export { enrollmentCategory } from './enrollment/events.js';
export { colleagueRepliedCause, stopForColleague } from './enrollment/colleagues.js';
export { actionIdOf, authPauseId, enrollmentStream } from './enrollment/ids.js';
export { syncAgeMsMax } from './enrollment/intend.js';
export {
  legacyDraftStatus,
  legacyQueueStatus,
  legacyStatus,
  type LegacyDraftStatus,
  type LegacyQueueStatus,
  type LegacyStatus,
} from './enrollment/legacy.js';
export { draftLifeMs, reinviteLockMs } from './enrollment/open-step.js';
export { previewMove, type Landing } from './enrollment/versions.js';
export { nextAction, openPauses, type NextAction } from './enrollment/next-action.js';
export {
  currentAction,
  hasEnded,
  isInFlight,
  isWaiting,
  isPaused,
  statusOf,
  type Action,
  type ActionStatus,
  type Enrolled,
  type Enrollment,
  type EndStatus,
  type OpenStatus,
  type Pause,
  type ShownStatus,
} from './enrollment/state.js';
export {
  explainEnrollment,
  type ClosedGate,
  type Explanation,
  type RuleAnswer,
} from './explain/explain.js';
export type { LeadRuleName } from './explain/rules.js';
export { tellEvent } from './explain/tell.js';
export { seededAnswers, usualScenario, type Scenario } from './forecast/answers.js';
export { play, type Clash, type Send } from './forecast/play.js';
export type { PlayedLead } from './forecast/played-lead.js';
export { forecast, type ForecastReport } from './forecast/report.js';
export type * from './forecast/world.js';
export { checkTexts } from './texts/check-text.js';
export { leadCategory, leadStream, type LeadEvent } from './lead/events.js';
export { lead, type Lead, type LeadCommand } from './lead/lead.js';
export {
  effectiveRules,
  leadRules,
  leadRulesCategory,
  leadRulesDefault,
  leadRulesStream,
  type LeadRules,
  type LeadRulesSet,
  type SetLeadRules,
} from './lead-rules/lead-rules.js';
export {
  customPrefix,
  fieldValues,
  isKnownField,
  isUnfilled,
  standardFields,
  type FieldValues,
  type LeadFields,
} from './texts/fields.js';
export { textsFor, type Addressee, type LeadText } from './texts/lead-texts.js';
export { lengthMaxOf, textLength, type TextPart } from './texts/length.js';
export { lintText, type LintCode, type TextWarning } from './texts/lint.js';
export { lintSteps, warningLine, type StepWarning } from './texts/lint-steps.js';
export { missingFields, renderText } from './texts/render.js';
export {
  contentOf,
  missingInStep,
  refuseUnsendable,
  renderStep,
  type Reader,
  type RenderedStep,
  type WrittenStep,
} from './texts/step-text.js';
export { fieldsOf, parseTemplate, type Part, type Template } from './texts/template.js';
export { checkVariants, variantOf, type Variant, type VariantOwner } from './texts/variants.js';
export { wilson, type Rate } from './texts/wilson.js';
