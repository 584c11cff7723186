import { seededFraction, type FieldProblem } from '@overture/kernel';

/** One of several texts of a step; which one a lead gets never changes (F067, S2-59). */
export interface Variant {
  readonly id: string;
  readonly text: string;
  readonly subject?: string;
  /** Its share against the others'; absent: 1. */
  readonly weight?: number;
}

export const variantsMax = 10;
export const weightMax = 1_000;

const idPattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/;

export interface VariantOwner {
  readonly campaignId: string;
  readonly stepId: string;
  readonly leadId: string;
}

/**
 * The variant of this lead at this step: a hash of the three ids picks it, so every process, every replay and the
 * forecast pick the same one, and what a lead gets at one step says nothing about the next. Undefined: no variants.
 */
export function variantOf<V extends Pick<Variant, 'weight'>>(
  { campaignId, stepId, leadId }: VariantOwner,
  variants: readonly V[],
): V | undefined {
  const total = variants.reduce((sum, { weight = 1 }) => sum + weight, 0);
  let place = seededFraction(`variant\n${campaignId}\n${stepId}\n${leadId}`) * total;
  return variants.find(({ weight = 1 }) => (place -= weight) < 0);
}

/** What keeps variants from being used; paths begin with `path`. */
export function checkVariants(variants: readonly Variant[], path: string): FieldProblem[] {
  if (variants.length === 0) return [];
  const problems = variants.flatMap((variant, index) => checkOne(variant, `${path}/${index}`));
  const ids = variants.map(({ id }) => id);
  if (new Set(ids).size < ids.length) problems.push({ path, message: 'Two have the same id.' });
  if (variants.length < 2 || variants.length > variantsMax) {
    const message = `Expected 2 to ${variantsMax} variants, found ${variants.length}.`;
    problems.push({ path, message });
  }
  return problems;
}

function checkOne({ id, weight = 1 }: Variant, path: string): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (!idPattern.test(id)) {
    const message = 'Expected up to 40 letters, digits, - and _.';
    problems.push({ path: `${path}/id`, message });
  }
  if (!Number.isInteger(weight) || weight < 1 || weight > weightMax) {
    const message = `Expected a whole number from 1 to ${weightMax}.`;
    problems.push({ path: `${path}/weight`, message });
  }
  return problems;
}
