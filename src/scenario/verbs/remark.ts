/**
 * What a schema says in a whole sentence of its own, where "expected this, not that" would not do: an
 * unknown verb, a pattern that does not compile. It travels as a custom issue of zod.
 */
import type { z } from "zod";

export interface Remark {
  readonly message: string;
  /** The key that is meant, if it is not the value. */
  readonly key?: string | undefined;
  /** The part of the value that is meant. */
  readonly word?: string | undefined;
  readonly hint?: string | undefined;
}

/** Say `remark` about `input`. */
export function addRemark(issues: z.RefinementCtx, input: unknown, remark: Remark): void {
  issues.addIssue({ code: "custom", message: remark.message, params: { remark }, input });
}

/** The remark that `issue` is, if it is one. */
export function remarkOf(issue: z.core.$ZodIssue): Remark | undefined {
  if (issue.code !== "custom") return undefined;
  const { remark } = (issue.params ?? {}) as { readonly remark?: Remark };
  return remark;
}
