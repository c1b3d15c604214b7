/**
 * The five acts on any resource, and what follows from them: policy, quota, notifications, DHCP
 * agents, Nova. Upstream: neutron/api/v2/base.py (Controller), whose order this keeps.
 */
import type { Call, RequestContext } from "../../../framework/index.js";
import { HttpFault, respond, type HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import {
  KeyError,
  PythonTypeError,
  isObject,
  type Json,
  type JsonObject,
} from "../../../python/index.js";
import { BadRequest, NetworkNotFound, PolicyNotAuthorized, PortNotFound } from "../errors.js";
import type { Plugin } from "../plugin/index.js";
import { badFormat, toCreate, toUpdate, understood, type BodyOf, type Prepared } from "./body.js";
import { fieldsOf, select, without } from "./filters.js";
import { list } from "./list.js";
import type { NeutronApi } from "./neutron-api.js";
import { attributeRules, hiddenMembers, type NeutronRule, type Target } from "./policy.js";
import type { Resource } from "./resource.js";

/** A request for a collection, and one for a member of it. */
type All = Call<NeutronApi, RequestContext, NeutronRule, Target, never>;
type One = Call<NeutronApi, RequestContext, NeutronRule, Target, "id">;

export class Controller {
  readonly #resource: Resource;

  constructor(resource: Resource) {
    this.#resource = resource;
  }

  *index(call: All): Op<HttpResponse> {
    return list(this.#resource, call, (object) => this.#mayShow(call, object));
  }

  *show(call: One): Op<HttpResponse> {
    const { app, ctxt, request, params } = call;
    const { member, reads } = this.#resource;
    const object = reads(app.plugin).get(ctxt, params.id);
    if (!this.#mayShow(call, object)) throw new HttpFault(404, NOT_FOUND);
    const shown = this.#view(ctxt, object);
    return respond(200, { [member]: select(shown, fieldsOf(request.query)) });
  }

  *create(
    { app, ctxt, request, enforce }: All,
    creates: NonNullable<Resource["creates"]>,
  ): Op<HttpResponse> {
    const { collection, createsMany, member } = this.#resource;
    const { plugin } = app;
    const body = understood(request.body);
    yield* this.#notify(app, ctxt, "create.start", body);
    const prepared = toCreate(ctxt, body, this.#bodyOf(app));
    this.#admit(plugin, ctxt, prepared, enforce);
    let shown: JsonObject;
    if (prepared.kind === "one") {
      const object = yield* creates(plugin).create(ctxt, prepared.object);
      shown = { [member]: this.#view(ctxt, object) };
    } else {
      const many =
        createsMany?.(plugin) ?? ((_, all) => this.#oneByOne(plugin, ctxt, creates, all));
      const objects = yield* plugin.app.database.atomically(many(ctxt, prepared.objects));
      // The first says what is hidden of all.
      const hidden = hiddenMembers(ctxt, this.#resource, objects[0] ?? {});
      shown = { [collection]: objects.map((object) => without(object, hidden)) };
    }
    if (prepared.kind === "one") this.#tellNova(app, {}, shown[member] as JsonObject);
    yield* this.#notify(app, ctxt, "create.end", shown);
    for (const object of objectsIn(shown)) yield* this.#tellDhcpAgents(app, ctxt, "create", object);
    return respond(201, shown);
  }

  *update(
    { app, ctxt, request, params: { id }, enforce }: One,
    updates: NonNullable<Resource["updates"]>,
  ): Op<HttpResponse> {
    const { member, reads } = this.#resource;
    const { plugin } = app;
    const body = understood(request.body);
    if (!isObject(body)) throw new BadRequest({ resource: "body", msg: badFormat(body) });
    yield* this.#notify(app, ctxt, "update.start", { id, ...body });
    const attrs = toUpdate(ctxt, body, this.#bodyOf(app));
    const before = reads(plugin).get(ctxt, id);
    const rules = attributeRules("update", this.#resource, attrs);
    const target = this.#target(plugin, { ...before, ...attrs }, rules);
    try {
      enforce(target);
    } catch (error) {
      if (!(error instanceof PolicyNotAuthorized)) throw error;
      // Whose an agent is cannot be told.
      if (before["tenant_id"] === undefined) throw new KeyError("tenant_id");
      if (before["tenant_id"] === ctxt.project_id) throw error;
      throw new HttpFault(404, NOT_FOUND);
    }
    const object = yield* updates(plugin).update(ctxt, id, attrs);
    const shown = { [member]: this.#view(ctxt, object) };
    yield* this.#notify(app, ctxt, "update.end", shown);
    yield* this.#tellDhcpAgents(app, ctxt, "update", shown[member] as JsonObject);
    if (member === "port") plugin.app.dataNotifier.portChanged(object);
    else this.#tellNova(app, before, object);
    return respond(200, shown);
  }

  *delete(
    { app, ctxt, request, params: { id }, enforce }: One,
    deletes: NonNullable<Resource["deletes"]>,
  ): Op<HttpResponse> {
    const { member, reads } = this.#resource;
    const { plugin } = app;
    const body = understood(request.body);
    const payload = { [`${member}_id`]: id };
    yield* this.#notify(app, ctxt, "delete.start", payload);
    const object = reads(plugin).get(ctxt, id);
    try {
      enforce(this.#target(plugin, object, []));
    } catch (error) {
      // Whoever may not change an object is not told that it exists.
      throw error instanceof PolicyNotAuthorized ? new HttpFault(404, NOT_FOUND) : error;
    }
    // It is handed on to the plugin, whose method takes none.
    if (body !== null) {
      throw new PythonTypeError(`delete_${member}() got an unexpected keyword argument 'body'`);
    }
    yield* deletes(plugin).delete(ctxt, id);
    yield* this.#notify(app, ctxt, "delete.end", payload);
    this.#tellNova(app, {}, object);
    yield* this.#tellDhcpAgents(app, ctxt, "delete", this.#view(ctxt, object));
    return respond(204);
  }

  /** Networks, rights and quotas, object by object. */
  #admit(plugin: Plugin, ctxt: RequestContext, prepared: Prepared, enforce: All["enforce"]): void {
    const { member } = this.#resource;
    const counted = new Map<string, number>();
    for (const attrs of prepared.kind === "one" ? [prepared.object] : prepared.objects) {
      refuseOthersNetworks(plugin, ctxt, member, attrs);
      enforce(this.#target(plugin, attrs, attributeRules("create", this.#resource, attrs)));
      if (!plugin.quotas.isResource(member)) continue;
      const tenant = attrs["tenant_id"] as string;
      const more = (counted.get(tenant) ?? 0) + 1;
      counted.set(tenant, more);
      plugin.quotas.check(member, tenant, more);
    }
  }

  *#oneByOne(
    plugin: Plugin,
    ctxt: RequestContext,
    creates: NonNullable<Resource["creates"]>,
    all: readonly JsonObject[],
  ): Op<JsonObject[]> {
    const objects: JsonObject[] = [];
    for (const attrs of all) objects.push(yield* creates(plugin).create(ctxt, attrs));
    return objects;
  }

  #bodyOf({ plugin }: NeutronApi): BodyOf {
    const { member, attributes, lists } = this.#resource;
    const { flags } = plugin.app;
    const bulk = lists === "always" || (lists === "as configured" && flags.allow_bulk);
    return { member, attributes, bulk, limits: flags };
  }

  #target(
    { app: { database } }: Plugin,
    object: JsonObject,
    attributes: readonly string[],
  ): Target {
    const id = object["network_id"];
    if (typeof id !== "string") {
      return { resource: this.#resource, object, attributes, networkOwner: undefined };
    }
    const network = database.networks.get(id);
    if (network === undefined) throw new NetworkNotFound({ net_id: id });
    return { resource: this.#resource, object, attributes, networkOwner: network.tenant_id };
  }

  /** Reading is refused by the policy alone where the plugin has no idea whose a thing is. */
  #mayShow({ enforce }: Pick<All, "enforce">, object: JsonObject): boolean {
    try {
      enforce({ resource: this.#resource, object, attributes: [], networkOwner: undefined });
      return true;
    } catch (error) {
      if (error instanceof PolicyNotAuthorized) return false;
      throw error;
    }
  }

  #view(ctxt: RequestContext, object: JsonObject): JsonObject {
    return without(object, hiddenMembers(ctxt, this.#resource, object));
  }

  #notify({ plugin }: NeutronApi, ctxt: RequestContext, event: string, payload: Json) {
    return plugin.app.notifier.info(ctxt, `${this.#resource.member}.${event}`, payload);
  }

  /** Of the server whose port a floating IP leads to, or led to. @throws PortNotFound if it is gone */
  #tellNova({ plugin }: NeutronApi, before: JsonObject, after: JsonObject): void {
    if (this.#resource.member !== "floatingip") return;
    const { dataNotifier, database } = plugin.app;
    const port_id = (after["port_id"] ?? before["port_id"] ?? null) as string | null;
    if (port_id === null || !dataNotifier.tellsChanges) return;
    const port = database.ports.get(port_id);
    if (port === undefined) throw new PortNotFound({ port_id });
    dataNotifier.portChanged({ ...port });
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

const NOT_FOUND = "The resource could not be found.";

/** One object or several: what an answer shows under its only key. */
function objectsIn(shown: JsonObject): readonly JsonObject[] {
  const [value = null] = Object.values(shown);
  return isObject(value) ? [value] : (value as readonly JsonObject[]);
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
