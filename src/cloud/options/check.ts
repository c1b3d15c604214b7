/**
 * The door of the library: what `new Cloud` is given is checked as the `cloud:` section of a
 * scenario file is, and answered in the same words.
 */
import { complaints, describe, inWords } from "../../text/complaints.js";
import { keysAt } from "../../text/schema-keys.js";
import { CloudError } from "../errors.js";
import { optionConflicts } from "./conflicts.js";
import { optionsSchema, type CheckedOptions, type CloudOptions } from "./options.js";

/** @throws CloudError naming everything that is wrong, and what would be right */
export function checkedOptions(options: CloudOptions): CheckedOptions {
  const { success, data, error } = optionsSchema.safeParse(options);
  const problems = success
    ? optionConflicts(data)
    : complaints(error.issues, options, { keysAt: (path) => keysAt(optionsSchema, path) });
  if (success && problems.length === 0) return data;
  throw new CloudError(inWords(problems));
}

/** @throws CloudError for what is no mapping, whose keys could not even be looked at */
export function assertOptions(setup: unknown): void {
  if (typeof setup === "object" && setup !== null && !Array.isArray(setup)) return;
  throw new CloudError(
    `a cloud is made from options such as { seed: 1, computes: 3 }, not ${describe(setup)}`,
  );
}

/** @throws CloudError for what is no detail of a recording */
export function assertDetail(detail: unknown): void {
  if (detail === undefined || detail === "flow" || detail === "full") return;
  throw new CloudError(`detail: expected "flow" or "full", not ${describe(detail)}`);
}

/** @throws CloudError for what cannot observe */
export function assertObserver(observer: unknown): void {
  if (observer === undefined || observer === null) return;
  if (typeof observer === "object" && "observe" in observer) {
    if (typeof observer.observe === "function") return;
  }
  throw new CloudError(`observer: expected an object with observe(), not ${describe(observer)}`);
}
