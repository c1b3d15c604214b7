/**
 * Only hosts that are what the flavor's extra specs say: keys without a scope or in scope
 * `capabilities` name what is known of the host, or of its stats. Upstream:
 * nova/scheduler/filters/compute_capabilities_filter.py.
 */
import type { HostState } from "../host-state.js";
import { matches } from "./extra-specs-ops.js";
import type { HostFilter } from "./filter.js";

export const computeCapabilitiesFilter: HostFilter = {
  name: "ComputeCapabilitiesFilter",
  oncePerRequest: true,
  forRequest({ instanceType }) {
    const wanted: (readonly [path: readonly string[], requirement: string])[] = [];
    for (const [key, requirement] of Object.entries(instanceType.extra_specs ?? {})) {
      const scope = key.split(":");
      if (scope.length === 1) wanted.push([scope, requirement]);
      else if (scope[0] === "capabilities") wanted.push([scope.slice(1), requirement]);
    }
    if (wanted.length === 0) return undefined;
    return (host) =>
      wanted.every(([path, requirement]) => {
        const capability = capabilityOf(host, path);
        return capability !== undefined && matches(capability, requirement);
      });
  },
};

/** What the host says at `path`, as text; texts on the way are JSON (`cpu_info:features`). */
function capabilityOf(host: HostState, path: readonly string[]): string | undefined {
  const [first = "", ...rest] = path;
  let found = member(host, first) ?? member(host.stats, first);
  for (const step of rest) {
    if (typeof found === "string") found = json(found);
    found = member(found, step);
  }
  return found === undefined ? undefined : asText(found);
}

function member(of: unknown, name: string): unknown {
  if (typeof of !== "object" || of === null || !Object.hasOwn(of, name)) return undefined;
  return (of as Record<string, unknown>)[name] ?? undefined;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** As Python's `str` writes it. */
function asText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "True" : "False";
  return JSON.stringify(value);
}
