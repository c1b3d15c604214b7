/** What `start`, `stop` and `crash` are aimed at: a process, one of its workers, or all of a host. */
import { line } from "./values.js";
import type { NameUse } from "../verbs/verb.js";

const right = "a service and its host (nova-compute@compute-1), or a host (compute-1)";

/** @param what becomes of it, in a sentence */
export const target = (what: string) =>
  line(255, right).meta({
    description: `${what}: ${right}.`,
    examples: ["nova-compute@compute-1", "nova-api:2@controller", "compute-1"],
  });

/** The process or host in `written`, the value of `key`. */
export function targetNames(key: string, written: string): NameUse[] {
  if (written.includes("@")) return [{ what: "process", name: written, at: [key] }];
  const besides = "a process is named with its host: nova-compute@compute-1";
  return [{ what: "host", name: written, at: [key], besides }];
}
