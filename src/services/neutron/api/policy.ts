/**
 * Who may do what. A tenant deals with its own objects; some attributes are for admins, some for
 * the owner of the network. Upstream: neutron/policy.py, etc/policy.json.
 */
import type { RequestContext } from "../../../framework/index.js";
import { HttpFault } from "../../../http/index.js";
import type { Json, JsonObject } from "../../../python/index.js";
import { PolicyNotAuthorized } from "../errors.js";
import type { Plugin } from "../plugin/index.js";
import type { Attribute } from "./attributes.js";
import type { Resource } from "./resource.js";

export class Policy {
  readonly #plugin: Plugin;

  constructor(plugin: Plugin) {
    this.#plugin = plugin;
  }

  /** @param given what the request itself says. @throws PolicyNotAuthorized, HttpFault 403 */
  create(ctxt: RequestContext, resource: Resource, given: JsonObject, attrs: JsonObject): void {
    if (ctxt.is_admin) return;
    const { member } = resource;
    if (resource.adminOnly === true) throw denied("create", member);
    if (member === "port" || member === "subnet") this.#onOwnNetwork(ctxt, member, attrs);
    this.#setters(ctxt, "create", resource, given, attrs);
  }

  /** Whoever may not change an object is not told that it exists. @throws HttpFault 404 */
  update(ctxt: RequestContext, resource: Resource, object: JsonObject, attrs: JsonObject): void {
    if (ctxt.is_admin) return;
    if (resource.adminOnly === true) throw denied("update", resource.member);
    if (object["tenant_id"] !== ctxt.project_id) throw hidden();
    try {
      this.#setters(ctxt, "update", resource, attrs, object);
    } catch (error) {
      if (error instanceof PolicyNotAuthorized) throw hidden();
      throw error;
    }
  }

  /** @throws HttpFault 404 */
  delete(ctxt: RequestContext, object: JsonObject): void {
    if (!ctxt.is_admin && object["tenant_id"] !== ctxt.project_id) throw hidden();
  }

  /** What of an object `ctxt` is shown: what the API knows, without what is for admins. */
  view(ctxt: RequestContext, { attributes }: Resource, object: JsonObject): JsonObject {
    const shown: Record<string, Json> = {};
    for (const name of Object.keys(object)) {
      const attribute = attributes[name];
      if (attribute === undefined || (attribute.adminOnly === true && !ctxt.is_admin)) continue;
      shown[name] = object[name] as Json;
    }
    return shown;
  }

  #onOwnNetwork(ctxt: RequestContext, member: string, attrs: JsonObject): void {
    const network = this.#plugin.networks.row(ctxt, attrs["network_id"] as string);
    if (network.shared && member === "port") return;
    if (network.tenant_id === attrs["tenant_id"]) return;
    if (network.shared) throw denied("create", member);
    throw new HttpFault(
      403,
      `Tenant ${attrs["tenant_id"] as string} not allowed to create ${member} on this network`,
    );
  }

  #setters(
    ctxt: RequestContext,
    act: string,
    { member, attributes }: Resource,
    given: JsonObject,
    target: JsonObject,
  ): void {
    for (const name of Object.keys(given)) {
      const { setter }: Attribute = attributes[name] ?? {};
      if (setter === undefined) continue;
      // What is the default anyway is not asked for: `shared=False` needs no admin.
      if (given[name] === attributes[name]?.default) continue;
      if (setter === "network owner" && this.#ownsNetwork(ctxt, target)) continue;
      throw denied(act, member);
    }
  }

  #ownsNetwork(ctxt: RequestContext, target: JsonObject): boolean {
    const network = this.#plugin.app.database.networks.get(target["network_id"] as string);
    return network?.tenant_id === ctxt.project_id;
  }
}

const denied = (act: string, member: string): PolicyNotAuthorized =>
  new PolicyNotAuthorized({ action: `${act}_${member}` });

const hidden = (): HttpFault => new HttpFault(404, "The resource could not be found.");
