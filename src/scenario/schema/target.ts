/**
 * What `start`, `stop` and `crash` are aimed at. Which processes a host has, the cloud knows when it
 * is made; which hosts there are can be told before.
 */
import { line } from "./values.js";
import type { NameUse } from "../verbs/verb.js";

export const target = line(
  255,
  "a service and its host (nova-compute@compute-1), or a host (compute-1)",
);

/** The host in `written`, the value of `key`. */
export function targetNames(key: string, written: string): NameUse[] {
  const name = written.slice(written.lastIndexOf("@") + 1);
  const use: NameUse = { what: "host", name, at: [key] };
  if (written.includes("@")) return [use];
  return [{ ...use, besides: "a process is named with its host: nova-compute@compute-1" }];
}
