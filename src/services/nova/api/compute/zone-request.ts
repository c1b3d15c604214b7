/**
 * What a user means by an availability zone: the name of one or, for administrators, `zone:host`,
 * `zone:host:node` or `zone::node`. Upstream: nova/compute/api.py (_handle_availability_zone); nova
 * §1.2 row 18.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { InvalidInput } from "../../exception.js";
import { enforce } from "../../policy.js";

export interface ZoneRequest {
  readonly zone: string | null;
  readonly host: string | null;
  readonly node: string | null;
}

/** @throws InvalidInput; PolicyNotAuthorized if a host is named by somebody who may not */
export function parseZone(
  ctxt: RequestContext,
  asked: string | null,
  defaultZone: string | null,
): ZoneRequest {
  const parts = (asked ?? "").split(":");
  if (parts.length > 3) {
    throw new InvalidInput({ reason: "Unable to parse availability_zone" });
  }
  const [zone = "", host = "", node = ""] = parts;
  if (host !== "" || node !== "") enforce(ctxt, "compute:create:forced_host");
  const named = (text: string): string | null => (text === "" ? null : text);
  return { zone: named(zone) ?? defaultZone, host: named(host), node: named(node) };
}
