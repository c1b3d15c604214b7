/**
 * The five acts on any resource, and what follows from them: policy, quota, notifications, DHCP
 * agents, Nova. Upstream: neutron/api/v2/base.py (Controller), whose order this keeps.
 */
import type { Call, RequestContext } from "../../../framework/index.js";
import { HttpFault, respond, type HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { unchanging, type JsonObject } from "../../../python/index.js";
import { PolicyNotAuthorized } from "../errors.js";
import type { Plugin } from "../plugin/index.js";
import type { Filters } from "../plugin/port-query.js";
import { attributesToCreate, attributesToUpdate, objectIn } from "./body.js";
import { filtersOf, passes, select } from "./filters.js";
import type { NeutronApi } from "./neutron-api.js";
import { view, type NeutronRule, type Target } from "./policy.js";
import type { Resource } from "./resource.js";

/** A request for a collection, and one for a member of it. */
type All = Call<NeutronApi, RequestContext, NeutronRule, Target, never>;
type One = Call<NeutronApi, RequestContext, NeutronRule, Target, "id">;

export class Controller {
  readonly #resource: Resource;

  constructor(resource: Resource) {
    this.#resource = resource;
  }

  *index({ app: { plugin }, ctxt, request: { query } }: All): Op<HttpResponse> {
    const { attributes, collection, reads } = this.#resource;
    const filters = filtersOf(query);
    const fields = query.getAll("fields");
    const ready = fields.length === 0 ? this.#ready(plugin, ctxt, filters) : undefined;
    if (ready !== undefined) return respond(200, { [collection]: unchanging(ready) });
    const objects = reads(plugin)
      .list(ctxt, filters)
      .filter((object) => passes(object, filters, attributes))
      .map((object) => select(view(ctxt, this.#resource, object), fields));
    return respond(200, { [collection]: objects });
  }

  *show({ app: { plugin }, ctxt, request: { query }, params: { id } }: One): Op<HttpResponse> {
    const { member, reads } = this.#resource;
    const object = view(ctxt, this.#resource, reads(plugin).get(ctxt, id));
    return respond(200, { [member]: select(object, query.getAll("fields")) });
  }

  *create(
    { app, ctxt, request: { body }, enforce }: All,
    creates: NonNullable<Resource["creates"]>,
  ): Op<HttpResponse> {
    const { attributes, member } = this.#resource;
    const { plugin } = app;
    yield* this.#notify(app, ctxt, "create.start", body as JsonObject);
    const given = objectIn(body, member);
    const attrs = attributesToCreate(ctxt, given, attributes);
    refuseOthersNetworks(plugin, ctxt, member, attrs);
    enforce(this.#target(plugin, attrs, given));
    if (plugin.quotas.isResource(member)) {
      plugin.quotas.check(member, attrs["tenant_id"] as string);
    }
    const object = yield* creates(plugin).create(ctxt, attrs);
    const shown = { [member]: view(ctxt, this.#resource, object) };
    yield* this.#notify(app, ctxt, "create.end", shown);
    yield* this.#tellDhcpAgents(app, ctxt, "create", object);
    return respond(201, shown);
  }

  *update(
    { app, ctxt, request: { body }, params: { id }, enforce }: One,
    updates: NonNullable<Resource["updates"]>,
  ): Op<HttpResponse> {
    const { attributes, member, reads } = this.#resource;
    const { plugin } = app;
    const given = objectIn(body, member);
    yield* this.#notify(app, ctxt, "update.start", { id, [member]: given });
    const attrs = attributesToUpdate(given, attributes);
    const before = reads(plugin).get(ctxt, id);
    this.#hideUnless(enforce, this.#target(plugin, before, attrs));
    const object = yield* updates(plugin).update(ctxt, id, attrs);
    if (member === "port") plugin.app.dataNotifier.portChanged(object);
    const shown = { [member]: view(ctxt, this.#resource, object) };
    yield* this.#notify(app, ctxt, "update.end", shown);
    yield* this.#tellDhcpAgents(app, ctxt, "update", object);
    return respond(200, shown);
  }

  *delete(
    { app, ctxt, params: { id }, enforce }: One,
    deletes: NonNullable<Resource["deletes"]>,
  ): Op<HttpResponse> {
    const { member, reads } = this.#resource;
    const { plugin } = app;
    const payload = { [`${member}_id`]: id };
    yield* this.#notify(app, ctxt, "delete.start", payload);
    const object = reads(plugin).get(ctxt, id);
    this.#hideUnless(enforce, this.#target(plugin, object, {}));
    yield* deletes(plugin).delete(ctxt, id);
    yield* this.#notify(app, ctxt, "delete.end", payload);
    yield* this.#tellDhcpAgents(app, ctxt, "delete", object);
    return respond(204);
  }

  /** A tenant that asks for all that it has is given the list that is kept for it. */
  #ready(plugin: Plugin, ctxt: RequestContext, filters: Filters) {
    const { project_id, is_admin } = ctxt;
    if (is_admin || project_id === null) return undefined;
    const [[name, wanted] = ["tenant_id", [project_id]], ...others] = filters;
    const own = name === "tenant_id" && wanted.length === 1 && wanted[0] === project_id;
    return own && others.length === 0 ? this.#resource.ofTenant?.(plugin, project_id) : undefined;
  }

  #target({ app: { database } }: Plugin, object: JsonObject, changes: JsonObject): Target {
    const network = object["network_id"];
    const networkOwner =
      typeof network === "string" ? database.networks.get(network)?.tenant_id : undefined;
    return { resource: this.#resource, object, changes, networkOwner };
  }

  /** Whoever may not change an object is not told that it exists. @throws HttpFault 404 */
  #hideUnless(enforce: One["enforce"], target: Target): void {
    try {
      enforce(target);
    } catch (error) {
      if (!(error instanceof PolicyNotAuthorized)) throw error;
      throw new HttpFault(404, "The resource could not be found.");
    }
  }

  #notify({ plugin }: NeutronApi, ctxt: RequestContext, event: string, payload: JsonObject) {
    return plugin.app.notifier.info(ctxt, `${this.#resource.member}.${event}`, payload);
  }

  *#tellDhcpAgents(
    { dhcpAgents }: NeutronApi,
    ctxt: RequestContext,
    act: "create" | "update" | "delete",
    object: JsonObject,
  ): Op<void> {
    const { member } = this.#resource;
    if (member !== "network" && member !== "subnet" && member !== "port") return;
    yield* dhcpAgents.notify(ctxt, member, act, object);
  }
}

/** `_validate_network_tenant_ownership`: shared networks are the policy's affair. @throws HttpFault 403 */
function refuseOthersNetworks(
  { networks }: Plugin,
  ctxt: RequestContext,
  member: Resource["member"],
  attrs: JsonObject,
): void {
  if (ctxt.is_admin || (member !== "port" && member !== "subnet")) return;
  const tenant = attrs["tenant_id"] as string;
  const network = networks.row(ctxt, attrs["network_id"] as string);
  if (network.shared || network.tenant_id === tenant) return;
  throw new HttpFault(403, `Tenant ${tenant} not allowed to create ${member} on this network`);
}
