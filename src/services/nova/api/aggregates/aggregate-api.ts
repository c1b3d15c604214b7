/**
 * What may be done with host aggregates, and what is told of it: a host is in one zone at most, and hears of its aggregates by a
 * cast, of which libvirt makes nothing. Upstream: nova/compute/api.py (AggregateAPI), nova/objects/aggregate.py,
 * nova/compute/utils.py (notify_about_aggregate_update) at 2014.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { Exception, str, type JsonObject } from "../../../../python/index.js";
import {
  addHost,
  addMetadata,
  aggregateById,
  createAggregate,
  deleteAggregate,
  removeHost,
  removeMetadata,
  renameAggregate,
  valuesOfHost,
} from "../../db/aggregates/aggregates.js";
import { ComputeHostNotFound, InvalidAggregateAction } from "../../exception.js";
import { novaNotifier } from "../../notifications.js";
import type { Aggregate } from "../../objects/aggregates/aggregate.js";
import type { NovaApp } from "../app.js";
import { wrapException } from "../compute/wrap-exception.js";
import { enabledZones } from "./host-zones.js";

/** Values by key; null: the key is to go. */
export type Metadata = Readonly<Record<string, string | null>>;

const ZONE = "availability_zone";

export class AggregateApi {
  readonly #app: NovaApp;
  readonly #ctxt: RequestContext;

  constructor(app: NovaApp, ctxt: RequestContext) {
    this.#app = app;
    this.#ctxt = ctxt;
  }

  /** @throws AggregateNotFound */
  get(id: string): Aggregate {
    return aggregateById(this.#app.db, this.#app.store, id);
  }

  /** @throws AggregateNameExists */
  create(name: string, zone: string | null): Op<Aggregate> {
    const args = { aggregate_name: name, availability_zone: zone };
    return this.#wrapped("create_aggregate", args, function* (api) {
      const metadata = zone === null || zone === "" ? undefined : { [ZONE]: zone };
      const payload = { name, ...(metadata !== undefined && { meta_data: metadata }) };
      yield* api.#notify("create.start", payload);
      const made = createAggregate(api.#app.db, api.#app.store, name, metadata ?? {});
      yield* api.#notify("create.end", { ...payload, aggregate_id: made.id });
      return made;
    });
  }

  /** @throws AggregateNotFound, AggregateNameExists, InvalidAggregateAction */
  update(id: string, values: { readonly name?: string; readonly zone?: string | null }) {
    const { name, zone } = values;
    const updates = {
      ...(name !== undefined && { name }),
      ...(zone !== undefined && { [ZONE]: zone }),
    };
    const args = { aggregate_id: id, values: updates };
    return this.#wrapped("update_aggregate", args, function* (api): Op<Aggregate> {
      const aggregate = api.get(id);
      if (name !== undefined) {
        const payload = { aggregate_id: aggregate.id };
        yield* api.#notify("updateprop.start", payload);
        renameAggregate(api.#app.db, aggregate.id, name);
        yield* api.#notify("updateprop.end", payload);
      }
      if (zone === undefined) return api.get(id);
      api.#checkZone([zone], aggregate, aggregate.hosts, "update_aggregate");
      yield* api.#setMetadata(aggregate, { [ZONE]: zone });
      return api.get(id);
    });
  }

  /** @throws AggregateNotFound, InvalidAggregateAction */
  updateMetadata(id: string, metadata: Metadata): Op<Aggregate> {
    const method = "update_aggregate_metadata";
    return this.#wrapped(method, { aggregate_id: id, metadata }, function* (api) {
      const aggregate = api.get(id);
      const zone = metadata[ZONE];
      if (zone !== undefined) api.#checkZone([zone], aggregate, aggregate.hosts, method);
      yield* api.#setMetadata(aggregate, metadata);
      return api.get(id);
    });
  }

  /** @throws AggregateNotFound, InvalidAggregateAction */
  delete(id: string): Op<void> {
    return this.#wrapped("delete_aggregate", { aggregate_id: id }, function* (api) {
      const payload = { aggregate_id: id };
      yield* api.#notify("delete.start", payload);
      const aggregate = api.get(id);
      if (aggregate.hosts.length > 0) {
        const reason = "Host aggregate is not empty";
        throw new InvalidAggregateAction({ action: "delete", aggregate_id: id, reason });
      }
      deleteAggregate(api.#app.db, aggregate.id);
      yield* api.#notify("delete.end", payload);
    });
  }

  /** @throws AggregateNotFound, ComputeHostNotFound, AggregateHostExists, InvalidAggregateAction */
  addHost(id: string, host: string): Op<Aggregate> {
    const args = { aggregate_id: id, host_name: host };
    return this.#wrapped("add_host_to_aggregate", args, function* (api): Op<Aggregate> {
      yield* api.#notify("addhost.start", args);
      api.#checkHost(host);
      const before = api.get(id);
      const zone = before.metadata[ZONE];
      if (zone !== undefined) api.#checkZone([zone], before, [host], "add_host_to_aggregate");
      addHost(api.#app.db, before.id, host);
      const aggregate = api.get(id);
      const told = { aggregate, host, slave_info: null };
      yield* api.#app.computeRpc.prepare({ server: host }).add_aggregate_host(api.#ctxt, told);
      yield* api.#notify("addhost.end", { ...args, name: aggregate.name });
      return aggregate;
    });
  }

  /** @throws AggregateNotFound, ComputeHostNotFound, AggregateHostNotFound */
  removeHost(id: string, host: string): Op<Aggregate> {
    const args = { aggregate_id: id, host_name: host };
    return this.#wrapped("remove_host_from_aggregate", args, function* (api): Op<Aggregate> {
      yield* api.#notify("removehost.start", args);
      api.#checkHost(host);
      removeHost(api.#app.db, api.get(id).id, host);
      const aggregate = api.get(id);
      const told = { aggregate, host, slave_info: null };
      yield* api.#app.computeRpc.prepare({ server: host }).remove_aggregate_host(api.#ctxt, told);
      yield* api.#notify("removehost.end", args);
      return aggregate;
    });
  }

  *#setMetadata(aggregate: Aggregate, updates: Metadata): Op<void> {
    const { db } = this.#app;
    const payload = { aggregate_id: aggregate.id, meta_data: updates };
    yield* this.#notify("updatemetadata.start", payload);
    const added: Record<string, string> = {};
    for (const [key, value] of Object.entries(updates)) {
      if (value === null) removeMetadata(db, aggregate.id, key);
      else Object.defineProperty(added, key, { value, enumerable: true });
    }
    addMetadata(db, aggregate.id, added);
    yield* this.#notify("updatemetadata.end", payload);
  }

  /** @throws ComputeHostNotFound */
  #checkHost(host: string): void {
    if (this.#app.db.services.first({ host, topic: "compute" }) !== undefined) return;
    throw new ComputeHostNotFound({ host });
  }

  /**
   * `is_safe_to_update_az`: hosts that are in a zone already may come into no other. A host whose service is disabled is in no
   * zone that is looked at, and ends the request.
   * @throws InvalidAggregateAction, IndexError
   */
  #checkZone(
    wanted: readonly (string | null)[],
    aggregate: Aggregate,
    hosts: readonly string[],
    action: string,
  ): void {
    const { flags, db } = this.#app;
    const internal = flags.internal_service_availability_zone;
    const zones = [...enabledZones(this.#app)].filter(([zone]) => zone !== internal);
    for (const host of hosts) {
      const [zone] = zones.findLast(([, members]) => members.has(host)) ?? [];
      if (zone === undefined) throw new IndexError("pop from empty list");
      const byDefault = zone === flags.default_availability_zone;
      const said = byDefault && valuesOfHost(db, host, ZONE).includes(zone);
      if (zone === aggregate.metadata[ZONE] || (byDefault && !said)) continue;
      if (wanted.every((one) => one === null || one === "" || one === zone)) continue;
      const reason = `Host already in availability zone ${zone}`;
      throw new InvalidAggregateAction({ action, aggregate_id: aggregate.id, reason });
    }
  }

  /** Published by the aggregate itself: `aggregate.1`, or by its name while it has no number. */
  *#notify(event: string, payload: JsonObject): Op<void> {
    const who = str(payload["aggregate_id"] ?? payload["name"] ?? "");
    if (who === "") return;
    const notifier = novaNotifier(this.#app.env, "aggregate", who);
    yield* notifier.info(this.#ctxt, `aggregate.${event}`, payload);
  }

  #wrapped<T>(method: string, args: JsonObject, body: (api: AggregateApi) => Op<T>): Op<T> {
    const { notifier } = this.#app;
    const around = { app: this.#app, ctxt: this.#ctxt, notifier };
    return wrapException(around, method, args, () => body(this));
  }
}

class IndexError extends Exception {
  static override readonly module: string = "exceptions";
  override readonly name: string = "IndexError";
}
