/**
 * What names a stack, a resource or an event across services: tenant, stack and a path below it, as a
 * dictionary, as a part of a URL and as an ARN. Upstream: heat/common/identifier.py at 2014.2.
 */
import { unquote } from "../../http/query.js";
import { quote, str, ValueError, type JsonObject } from "../../python/index.js";

/** As it goes over wires. */
export interface StackIdentity extends JsonObject {
  readonly tenant: string;
  readonly stack_name: string;
  readonly stack_id: string;
  readonly path: string;
}

/** `HeatIdentifier`. @throws ValueError */
export function stackIdentity(
  tenant: string | null,
  stack_name: string,
  stack_id: string | null,
  path = "",
): StackIdentity {
  if (stack_name.includes("/")) throw new ValueError('Stack name may not contain "/"');
  const below = path === "" || path.startsWith("/") ? path : `/${path}`;
  return { tenant: str(tenant), stack_name, stack_id: str(stack_id), path: below };
}

/** `ResourceIdentifier`. @throws ValueError */
export function resourceIdentity(stack: StackIdentity, resource: string): StackIdentity {
  if (resource.includes("/")) throw new ValueError('Resource name may not contain "/"');
  return { ...stack, path: `${stack.path.replace(/\/+$/u, "")}/resources/${resource}` };
}

/** `EventIdentifier`. */
export const eventIdentity = (resource: StackIdentity, event: string): StackIdentity => ({
  ...resource,
  path: `${resource.path.replace(/\/+$/u, "")}/events/${event}`,
});

/** What it stands below: the resource of an event, the stack of a resource. */
export const above = (identity: StackIdentity): StackIdentity => ({
  ...identity,
  path: identity.path.split("/").slice(0, -2).join("/"),
});

/** The last word of its path: the id of an event, the name of a resource. */
export const lastOfPath = ({ path }: StackIdentity): string => path.split("/").at(-1) ?? "";

const tenantPath = ({ stack_name, stack_id, path }: StackIdentity): string =>
  `stacks/${quote(stack_name)}/${quote(stack_id)}${path.split("/").map(quote).join("/")}`;

/** `url_path`. */
export const urlPath = (identity: StackIdentity): string =>
  `${quote(identity.tenant)}/${tenantPath(identity)}`;

/** `arn`. */
export const arnOf = (identity: StackIdentity): string =>
  `arn:openstack:heat::${quote(identity.tenant)}:${tenantPath(identity)}`;

/** `from_arn`; undefined for what is none. */
export function identityOfArn(arn: string): StackIdentity | undefined {
  const fields = arn.split(":");
  const [scheme = "", cloud, service, , tenant = "", ...rest] = fields;
  if (rest.length === 0 || scheme.toLowerCase() !== "arn") return undefined;
  const found = /^stacks\/([^/]+)\/([^/]+)(.*)/u.exec(rest.join(":"));
  if (cloud !== "openstack" || service !== "heat" || found === null) return undefined;
  const [, name = "", id = "", path = ""] = found;
  return stackIdentity(unquote(tenant), unquote(name), unquote(id), unquote(path));
}
