/** Checks names and switches where no schema does. Upstream: keystone/clean.py at 2014.2. */
import type { Json } from "../../../python/index.js";
import { ValidationError } from "../exception.js";

const LONGEST = { Project: 64, User: 255 } as const;

/** The name without blanks around it. @throws ValidationError */
export function cleanName(what: keyof typeof LONGEST, name: Json): string {
  if (typeof name !== "string") {
    throw new ValidationError({}, `${what} name is not a str or unicode`);
  }
  const text = name.trim();
  if (text === "") throw new ValidationError({}, `${what} name cannot be empty.`);
  if (Array.from(text).length > LONGEST[what]) {
    throw new ValidationError(
      {},
      `${what} name should not be greater than ${String(LONGEST[what])} characters.`,
    );
  }
  return text;
}

/** Python's booleans are integers, and any integer is taken. @throws ValidationError */
export function cleanEnabled(what: "Domain" | "Project" | "User", enabled: Json): boolean {
  if (typeof enabled === "boolean") return enabled;
  if (typeof enabled === "number" && Number.isInteger(enabled)) return enabled !== 0;
  throw new ValidationError({}, `${what} enabled is not a boolean`);
}
