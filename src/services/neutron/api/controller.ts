/**
 * The five acts on any resource, and what follows from them: policy, quota, notifications, DHCP
 * agents, Nova. Upstream: neutron/api/v2/base.py (Controller), whose order this keeps.
 */
import type { RequestContext } from "../../../framework/index.js";
import { respond, type HttpRequest, type HttpResponse, type Params } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { unchanging, type JsonObject } from "../../../python/index.js";
import { PolicyNotAuthorized } from "../errors.js";
import { DhcpAgentNotifier } from "../notifiers/dhcp-agent.js";
import type { Plugin } from "../plugin/index.js";
import { attributesToCreate, attributesToUpdate, objectIn } from "./body.js";
import type { Filters } from "../plugin/port-query.js";
import { filtersOf, passes, select } from "./filters.js";
import { Policy } from "./policy.js";
import type { Resource } from "./resource.js";

/** What the controllers of all resources share. */
export class Acts {
  readonly plugin: Plugin;
  readonly policy: Policy;
  readonly dhcpAgents: DhcpAgentNotifier;

  constructor(plugin: Plugin) {
    this.plugin = plugin;
    this.policy = new Policy(plugin);
    this.dhcpAgents = new DhcpAgentNotifier(plugin);
  }
}

export class Controller {
  readonly #acts: Acts;
  readonly #resource: Resource;

  constructor(acts: Acts, resource: Resource) {
    this.#acts = acts;
    this.#resource = resource;
  }

  *index(ctxt: RequestContext, { query }: HttpRequest): Op<HttpResponse> {
    const { attributes, collection, list } = this.#resource;
    this.#requireAdmin(ctxt, `get_${this.#resource.member}`);
    const filters = filtersOf(query);
    const fields = query.getAll("fields");
    const ready = fields.length === 0 ? this.#ready(ctxt, filters) : undefined;
    if (ready !== undefined) return respond(200, { [collection]: unchanging(ready) });
    const objects = list(ctxt, filters)
      .filter((object) => passes(object, filters, attributes))
      .map((object) => select(this.#view(ctxt, object), fields));
    return respond(200, { [collection]: objects });
  }

  *show(ctxt: RequestContext, { query }: HttpRequest, { id = "" }: Params): Op<HttpResponse> {
    const { get, member } = this.#resource;
    this.#requireAdmin(ctxt, `get_${member}`);
    const object = select(this.#view(ctxt, get(ctxt, id)), query.getAll("fields"));
    return respond(200, { [member]: object });
  }

  *create(
    ctxt: RequestContext,
    { body }: HttpRequest,
    act: NonNullable<Resource["create"]>,
  ): Op<HttpResponse> {
    const { attributes, member } = this.#resource;
    const { policy, plugin } = this.#acts;
    yield* this.#notify(ctxt, "create.start", body as JsonObject);
    const given = objectIn(body, member);
    const attrs = attributesToCreate(ctxt, given, attributes);
    policy.create(ctxt, this.#resource, given, attrs);
    if (plugin.quotas.isResource(member)) {
      plugin.quotas.check(member, attrs["tenant_id"] as string);
    }
    const object = yield* act(ctxt, attrs);
    const shown = { [member]: this.#view(ctxt, object) };
    yield* this.#notify(ctxt, "create.end", shown);
    yield* this.#tellDhcpAgents(ctxt, "create", object);
    return respond(201, shown);
  }

  *update(
    ctxt: RequestContext,
    { body }: HttpRequest,
    { id = "" }: Params,
    act: NonNullable<Resource["update"]>,
  ): Op<HttpResponse> {
    const { attributes, get, member } = this.#resource;
    const { policy, plugin } = this.#acts;
    const given = objectIn(body, member);
    yield* this.#notify(ctxt, "update.start", { id, [member]: given });
    const attrs = attributesToUpdate(given, attributes);
    this.#requireAdmin(ctxt, `update_${member}`);
    policy.update(ctxt, this.#resource, get(ctxt, id), attrs);
    const object = yield* act(ctxt, id, attrs);
    if (member === "port") plugin.app.dataNotifier.portChanged(object);
    const shown = { [member]: this.#view(ctxt, object) };
    yield* this.#notify(ctxt, "update.end", shown);
    yield* this.#tellDhcpAgents(ctxt, "update", object);
    return respond(200, shown);
  }

  *delete(
    ctxt: RequestContext,
    { id = "" }: Params,
    act: NonNullable<Resource["delete"]>,
  ): Op<HttpResponse> {
    const { get, member } = this.#resource;
    const payload = { [`${member}_id`]: id };
    yield* this.#notify(ctxt, "delete.start", payload);
    this.#requireAdmin(ctxt, `delete_${member}`);
    const object = get(ctxt, id);
    this.#acts.policy.delete(ctxt, object);
    yield* act(ctxt, id);
    yield* this.#notify(ctxt, "delete.end", payload);
    yield* this.#tellDhcpAgents(ctxt, "delete", object);
    return respond(204);
  }

  /** A tenant that asks for all that it has is given the list that is kept for it. */
  #ready(ctxt: RequestContext, filters: Filters): readonly JsonObject[] | undefined {
    const { project_id, is_admin } = ctxt;
    if (is_admin || project_id === null) return undefined;
    const [[name, wanted] = ["tenant_id", [project_id]], ...others] = filters;
    const own = name === "tenant_id" && wanted.length === 1 && wanted[0] === project_id;
    return own && others.length === 0 ? this.#resource.ofTenant?.(project_id) : undefined;
  }

  #view(ctxt: RequestContext, object: JsonObject): JsonObject {
    return this.#acts.policy.view(ctxt, this.#resource, object);
  }

  #requireAdmin(ctxt: RequestContext, action: string): void {
    if (this.#resource.adminOnly === true && !ctxt.is_admin) {
      throw new PolicyNotAuthorized({ action });
    }
  }

  #notify(ctxt: RequestContext, event: string, payload: JsonObject): Op<void> {
    const { notifier } = this.#acts.plugin.app;
    return notifier.info(ctxt, `${this.#resource.member}.${event}`, payload);
  }

  *#tellDhcpAgents(
    ctxt: RequestContext,
    act: "create" | "update" | "delete",
    object: JsonObject,
  ): Op<void> {
    const { member } = this.#resource;
    if (member !== "network" && member !== "subnet" && member !== "port") return;
    yield* this.#acts.dhcpAgents.notify(ctxt, member, act, object);
  }
}
