/**
 * The segments of new networks: those that an admin asks for, or the first that is free. The types
 * are those of ML2's drivers; GRE and VXLAN have ids only that are asked for, as their ranges are
 * empty unless configured. Upstream: plugins/ml2/managers.py (TypeManager), plugins/ml2/drivers/type_*.py.
 */
import { str, type Json, type JsonObject } from "../../../python/index.js";
import {
  FlatNetworkInUse,
  InvalidInput,
  NoNetworkAvailable,
  SegmentsContainDuplicateEntry,
  SegmentsSetInConjunctionWithProviders,
  TunnelIdInUse,
  VlanIdInUse,
} from "../errors.js";
import type { NetworkSegment } from "../rows.js";
import type { NeutronApp } from "./app.js";

/** A segment without its network. */
export type Segment = Omit<NetworkSegment, "uuid" | "network_id">;

const PROVIDER = [
  "provider:network_type",
  "provider:physical_network",
  "provider:segmentation_id",
] as const;

const LARGEST_VLAN = 4094;

const invalid = (error_message: string): InvalidInput => new InvalidInput({ error_message });

export class Segments {
  readonly #app: NeutronApp;

  constructor(app: NeutronApp) {
    this.#app = app;
  }

  /**
   * Of a new network. They are taken together: one may not be another's.
   * @throws InvalidInput and its like, VlanIdInUse, FlatNetworkInUse, TunnelIdInUse, NoNetworkAvailable
   */
  allocate(attrs: JsonObject): Segment[] {
    const wanted = this.#wanted(attrs);
    if (wanted.length === 0) return [this.#ofTenant()];
    const taken: Segment[] = [];
    for (const segment of wanted) taken.push(this.#reserve(segment, taken));
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
      .filter((segment) => !isPartial(segment))
      .map((segment) => JSON.stringify(segment));
    if (new Set(full).size < full.length) throw new SegmentsContainDuplicateEntry();
    return validated;
  }

  #validated(attrs: JsonObject): Segment {
    const type = attrs["provider:network_type"] ?? null;
    if (type === null) throw invalid("network_type required");
    const network_type = str(type);
    const physical = attrs["provider:physical_network"] ?? null;
    const physical_network = physical === null ? null : str(physical);
    const id = idOf(attrs["provider:segmentation_id"] ?? null);
    const segment: Segment = { network_type, physical_network, segmentation_id: id };
    this.#validate(segment);
    return segment;
  }

  #validate({ network_type, physical_network, segmentation_id }: Segment): void {
    const hasPhysical = physical_network !== null && physical_network !== "";
    const hasId = segmentation_id !== null && segmentation_id !== 0;
    switch (network_type) {
      case "local":
        if (hasPhysical) throw invalid("physical_network prohibited for local provider network");
        if (hasId) throw invalid("segmentation_id prohibited for local provider network");
        return;
      case "flat":
        if (!hasPhysical) throw invalid("physical_network required for flat provider network");
        if (hasId) throw invalid("segmentation_id prohibited for flat provider network");
        return;
      case "vlan":
        if (!hasPhysical) {
          if (!hasId) return;
          throw invalid("segmentation_id requires physical_network for VLAN provider network");
        }
        if (physical_network !== this.#app.flags.vlan_physical_network) {
          throw invalid(
            `physical_network '${physical_network}' unknown  for VLAN provider network`,
          );
        }
        if (hasId && (segmentation_id < 1 || segmentation_id > LARGEST_VLAN)) {
          throw invalid(`segmentation_id out of range (1 through ${String(LARGEST_VLAN)})`);
        }
        return;
      case "gre":
      case "vxlan":
        if (!hasPhysical) return;
        throw invalid(`provider:physical_network specified for ${network_type} network`);
      default:
        throw invalid(`network_type value '${network_type}' not supported`);
    }
  }

  #reserve(segment: Segment, taken: readonly Segment[]): Segment {
    const { network_type, physical_network, segmentation_id } = segment;
    switch (network_type) {
      case "flat":
        if (!this.#isTaken(segment, taken)) return segment;
        throw new FlatNetworkInUse({ physical_network });
      case "vlan":
        if (segmentation_id === null) return this.#freeVlan(taken);
        if (!this.#isTaken(segment, taken)) return segment;
        throw new VlanIdInUse({ vlan_id: segmentation_id, physical_network });
      case "gre":
      case "vxlan":
        if (segmentation_id === null) throw new NoNetworkAvailable();
        if (!this.#isTaken(segment, taken)) return { ...segment, physical_network: null };
        throw new TunnelIdInUse({ tunnel_id: segmentation_id });
      default:
        return segment;
    }
  }

  /** A tenant's network is of the type that is configured. */
  #ofTenant(): Segment {
    if (this.#app.flags.tenant_network_type === "local") {
      return { network_type: "local", physical_network: null, segmentation_id: null };
    }
    return this.#freeVlan([]);
  }

  /** @throws NoNetworkAvailable */
  #freeVlan(taken: readonly Segment[]): Segment {
    const { vlan_min, vlan_max, vlan_physical_network } = this.#app.flags;
    const of = { network_type: "vlan", physical_network: vlan_physical_network };
    const used = new Set(
      [...this.#app.database.segments.find(of), ...taken].map(
        ({ segmentation_id }) => segmentation_id,
      ),
    );
    for (let vlan = vlan_min; vlan <= vlan_max; vlan++) {
      if (!used.has(vlan)) return { ...of, segmentation_id: vlan };
    }
    throw new NoNetworkAvailable();
  }

  #isTaken(segment: Segment, taken: readonly Segment[]): boolean {
    const { network_type, physical_network, segmentation_id } = segment;
    const same =
      network_type === "gre" || network_type === "vxlan"
        ? { network_type, segmentation_id }
        : { network_type, physical_network, segmentation_id };
    const others = taken.map((other) => JSON.stringify(other));
    return (
      this.#app.database.segments.first(same) !== undefined ||
      others.includes(JSON.stringify(segment))
    );
  }
}

/** `is_partial_segment` of the drivers. */
const isPartial = ({ network_type, segmentation_id }: Segment): boolean =>
  network_type !== "local" && network_type !== "flat" && segmentation_id === null;

/** A number that the attribute's conversion has seen. */
const idOf = (value: Json): number | null =>
  value === null || value === "" || value === false ? null : Number(value);
