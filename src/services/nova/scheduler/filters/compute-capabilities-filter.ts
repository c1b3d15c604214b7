/**
 * Only hosts that are what the flavor's extra specs say: keys without a scope or in scope
 * `capabilities` name what is known of the host, or of its stats. Upstream:
 * nova/scheduler/filters/compute_capabilities_filter.py.
 */
import { extraSpecMatches } from "../../../../framework/index.js";
import { bytesRepr, dictOrder, isObject, type Json } from "../../../../python/index.js";
import type { HostState } from "../host-state.js";
import type { HostFilter } from "./filter.js";

/** An extra spec that concerns hosts. */
interface Wanted {
  readonly path: readonly string[];
  readonly requirement: string;
}

export const computeCapabilitiesFilter: HostFilter = {
  name: "ComputeCapabilitiesFilter",
  oncePerRequest: true,
  forRequest({ instanceType }) {
    const specs = instanceType.extra_specs ?? {};
    const wanted: Wanted[] = [];
    for (const key of dictOrder(Object.keys(specs))) {
      const requirement = specs[key] ?? "";
      const scope = key.split(":");
      if (scope.length === 1) wanted.push({ path: scope, requirement });
      else if (scope[0] === "capabilities") wanted.push({ path: scope.slice(1), requirement });
    }
    if (wanted.length === 0) return undefined;
    /** The first that a host does not meet. */
    const unmet = (host: HostState): Wanted | undefined =>
      wanted.find(({ path, requirement }) => {
        const capability = capabilityOf(host, path);
        return capability === undefined || !extraSpecMatches(capability, requirement);
      });
    return {
      passes: (host) => unmet(host) === undefined,
      compared(host) {
        const missed = unmet(host);
        if (missed === undefined) return "has all";
        const has = capabilityOf(host, missed.path) ?? "none";
        return `${missed.path.join(":")} ${has}`;
      },
      debug(host, passed) {
        if (passed) return [];
        const missed = unmet(host);
        const has = missed && capabilityOf(host, missed.path);
        // Of a capability that is not there nothing is said.
        const why =
          missed === undefined || has === undefined
            ? []
            : [`extra_spec requirement '${missed.requirement}' does not match '${has}'`];
        return [...why, `${host.repr()} fails instance_type extra_specs requirements`];
      },
    };
  },
};

/** What the host says at `path`, as text; texts on the way are JSON (`cpu_info:features`). */
function capabilityOf(host: HostState, path: readonly string[]): string | undefined {
  const [first = "", ...rest] = path;
  let found: unknown = host.attribute(first) ?? member(host.stats, first);
  for (const step of rest) {
    if (typeof found === "string") found = json(found);
    found = member(found, step);
  }
  return found === undefined ? undefined : asText(found as Json);
}

/** Of a dictionary: lists have no attributes. */
function member(of: unknown, name: string): unknown {
  if (!isObject(of as Json) || !Object.hasOwn(of as object, name)) return undefined;
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
const asText = (value: Json): string => (typeof value === "string" ? value : bytesRepr(value));
