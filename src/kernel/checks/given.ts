/**
 * What a public function was given, looked at before anything happens. Types say the same; a program in plain
 * JavaScript, or one with a cast, hears it here: which function, what would be right, what was given.
 */
import { misgiven, strangeOptions } from "../../text/given.js";
import { DriverError } from "../errors.js";

/** @param right `the name of a user, such as "demo"` @throws DriverError for what is no text */
export function assertText(value: unknown, method: string, right: string): asserts value is string {
  if (typeof value !== "string") refuse(value, method, right);
}

/** @throws DriverError for what is no function */
export function assertFunction(value: unknown, method: string, right: string): void {
  if (typeof value !== "function") refuse(value, method, right);
}

/**
 * Options by name, none of which is left out in silence because it was mistyped.
 * @param known the names that there are
 * @throws DriverError for what is no object, or for a name that there is not
 */
export function assertOptions(value: unknown, method: string, known: readonly string[]): void {
  const wrong = strangeOptions(value, method, known);
  if (wrong !== undefined) throw new DriverError(wrong);
}

/** @throws DriverError always */
export function refuse(value: unknown, method: string, right: string): never {
  throw new DriverError(misgiven(value, method, right));
}

/** @throws DriverError for what is no operation */
export function assertOp(value: unknown, method: string): void {
  const iterable = typeof value === "object" && value !== null && Symbol.iterator in value;
  if (iterable && !Array.isArray(value)) return;
  refuse(value, method, "an operation such as demo.nova.boot({ ... })");
}
