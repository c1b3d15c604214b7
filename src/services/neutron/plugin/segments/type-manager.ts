/**
 * The segments of new networks: those that an admin asks for, or of the first type of
 * `tenant_network_types` that has one left. Dynamic segments are left out: no driver here makes any.
 * Upstream: neutron/plugins/ml2/managers.py (TypeManager), extensions/multiprovidernet.py at 2014.2.
 */
import { FlagError } from "../../../../framework/flags/index.js";
import { PythonTypeError, str, type Json, type JsonObject } from "../../../../python/index.js";
import {
  NoNetworkAvailable,
  SegmentsContainDuplicateEntry,
  SegmentsSetInConjunctionWithProviders,
} from "../../errors.js";
import type { NeutronApp } from "../app.js";
import { flatDriver, localDriver } from "./local-and-flat.js";
import { GRE, tunnelDriver, VXLAN } from "./tunnel.js";
import { invalid, type InUse, type Segment, type TypeDriver } from "./type-driver.js";
import { vlanDriver } from "./vlan.js";

const PROVIDER = [
  "provider:network_type",
  "provider:physical_network",
  "provider:segmentation_id",
] as const;

export class TypeManager {
  readonly #app: NeutronApp;
  readonly #drivers: ReadonlyMap<string, TypeDriver>;
  readonly #ofTenants: readonly TypeDriver[];

  /** @throws FlagError for options that no service could start with */
  constructor(app: NeutronApp) {
    const { env, flags } = app;
    const all = [
      localDriver,
      flatDriver(flags.flat_networks),
      vlanDriver(flags.network_vlan_ranges),
      tunnelDriver(env, GRE, flags.tunnel_id_ranges),
      tunnelDriver(env, VXLAN, flags.vni_ranges),
    ];
    const loaded = all.filter(({ type }) => flags.type_drivers.includes(type));
    this.#app = app;
    this.#drivers = new Map(loaded.map((driver) => [driver.type, driver] as const));
    this.#ofTenants = flags.tenant_network_types.map((type) => {
      const driver = this.#drivers.get(type);
      if (driver !== undefined) return driver;
      const known = [...this.#drivers.keys()].join(", ");
      throw new FlagError(
        `flag ml2.tenant_network_types: No type driver for tenant network_type: ${type}. Of ml2.type_drivers there are here: ${known}.`,
      );
    });
  }

  has(type: string): boolean {
    return this.#drivers.has(type);
  }

  /**
   * Of a new network. They are taken together: one may not be another's.
   * @throws InvalidInput and its like, VlanIdInUse, FlatNetworkInUse, TunnelIdInUse, NoNetworkAvailable
   */
  allocate(attrs: JsonObject): Segment[] {
    const wanted = this.#wanted(attrs);
    if (wanted.length === 0) return [this.#ofTenant()];
    const taken: Segment[] = [];
    for (const segment of wanted) {
      const driver = this.#driver(segment.network_type);
      taken.push(driver.reserve(segment, this.#inUse(taken)));
    }
    return taken;
  }

  /** What the request says of segments. */
  #wanted(attrs: JsonObject): Segment[] {
    const segments = attrs["segments"] as readonly JsonObject[] | null | undefined;
    if (PROVIDER.some((name) => (attrs[name] ?? null) !== null)) {
      if (segments !== undefined) throw new SegmentsSetInConjunctionWithProviders();
      return [this.#validated(attrs)];
    }
    // Within a list nought is no number either.
    const validated = (segments ?? []).map((segment) => {
      const id = segment["provider:segmentation_id"];
      return this.#validated(id === 0 ? { ...segment, "provider:segmentation_id": null } : segment);
    });
    const full = validated
      .filter((segment) => !this.#driver(segment.network_type).isPartial(segment))
      .map((segment) => JSON.stringify(segment));
    if (new Set(full).size < full.length) throw new SegmentsContainDuplicateEntry();
    return validated;
  }

  #validated(attrs: JsonObject): Segment {
    const type = attrs["provider:network_type"] ?? null;
    if (type === null) throw invalid("network_type required");
    if (typeof type === "object") throw new PythonTypeError("unhashable type");
    const physical = attrs["provider:physical_network"] ?? null;
    const segment: Segment = {
      network_type: str(type),
      physical_network: physical === null ? null : str(physical),
      segmentation_id: idOf(attrs["provider:segmentation_id"] ?? null),
    };
    this.#driver(segment.network_type).validate(segment);
    return segment;
  }

  /** @throws NoNetworkAvailable */
  #ofTenant(): Segment {
    const inUse = this.#inUse([]);
    for (const driver of this.#ofTenants) {
      const segment = driver.allocate(inUse);
      if (segment !== undefined) return segment;
    }
    throw new NoNetworkAvailable();
  }

  /** @throws InvalidInput */
  #driver(type: string): TypeDriver {
    const driver = this.#drivers.get(type);
    if (driver === undefined) throw invalid(`network_type value '${type}' not supported`);
    return driver;
  }

  #inUse(taken: readonly Segment[]): InUse {
    return (network_type) => [
      ...this.#app.database.segments.find({ network_type }),
      ...taken.filter((segment) => segment.network_type === network_type),
    ];
  }
}

/** A number that the attribute's conversion has seen. */
const idOf = (value: Json): number | null =>
  value === null || value === "" || value === false ? null : Number(value);
