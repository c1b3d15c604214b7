/** What groups look at in the stack that they are. */
import { PythonTypeError } from "../../../../../python/index.js";
import type { NestedStack, Sibling } from "../stack-view.js";

/** A resource of a nested stack by its name; undefined for a name that there is not. */
export function memberOf(nested: NestedStack | undefined, wanted: string): Sibling | undefined {
  if (nested === undefined) {
    throw new PythonTypeError("'NoneType' object has no attribute '__getitem__'");
  }
  return [...nested.siblings()].find(({ name }) => name === wanted);
}

/** `get_instances`: those that have not failed, the oldest first. */
export function instancesOf(nested: NestedStack | undefined): readonly Sibling[] {
  const key = ({ createdTime, name }: Sibling): string => `${createdTime ?? ""} ${name}`;
  return [...(nested?.siblings() ?? [])]
    .filter(({ status }) => status !== "FAILED")
    .sort((one, other) => (key(one) < key(other) ? -1 : 1));
}
