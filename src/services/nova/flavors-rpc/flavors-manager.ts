/**
 * Answers for flavors over the bus, from the same tables as nova-api does over HTTP. An endpoint of a
 * process that has the database, not a service. Upstream: none; nova/compute/flavors.py is what it
 * would call, nova §6, transcripts §T6.
 */
import type { Serves } from "../../../bus/index.js";
import type { RequestContext } from "../../../framework/index.js";
import type { Op, Stream } from "../../../kernel/index.js";
import { flavorByFlavorId, flavors, createFlavor, deleteFlavor } from "../db/flavors.js";
import type { DirectStore } from "../db/store/object-store.js";
import { InvalidInput } from "../exception.js";
import type { FlavorFields } from "../objects/flavor.js";
import type { FlavorDict, NewFlavor, flavorsApi } from "./rpcapi.js";

export class FlavorsManager implements Serves<typeof flavorsApi, RequestContext> {
  readonly #store: DirectStore;
  readonly #ids: Stream;

  constructor(store: DirectStore, ids: Stream) {
    this.#store = store;
    this.#ids = ids;
  }

  /** Those that the caller may see. */
  *get_all_flavors(ctxt: RequestContext): Op<readonly FlavorDict[]> {
    return flavors(this.#store.db, this.#store, ctxt).map(dict);
  }

  /** @throws FlavorNotFound */
  *get_flavor(ctxt: RequestContext, { flavorid }: { flavorid: string }): Op<FlavorDict> {
    return dict(flavorByFlavorId(this.#store.db, this.#store, ctxt, flavorid));
  }

  /** @throws InvalidInput, FlavorExists, FlavorIdExists */
  *create_flavor(_ctxt: RequestContext, given: NewFlavor): Op<FlavorDict> {
    const values = {
      name: text("name", given.name),
      flavorid: text("flavorid", given.flavorid ?? this.#ids.uuid()),
      memory_mb: whole("memory_mb", given.memory_mb, 1),
      vcpus: whole("vcpus", given.vcpus, 1),
      root_gb: whole("root_gb", given.root_gb, 0),
      ephemeral_gb: whole("ephemeral_gb", given.ephemeral_gb ?? 0, 0),
      swap: whole("swap", given.swap ?? 0, 0),
      rxtx_factor: positive("rxtx_factor", given.rxtx_factor ?? 1),
      vcpu_weight: null,
      disabled: false,
      is_public: boolean("is_public", given.is_public ?? true),
    };
    return dict({ ...createFlavor(this.#store.db, values), extra_specs: {} });
  }

  /** @throws FlavorNotFound */
  *delete_flavor(ctxt: RequestContext, { flavorid }: { flavorid: string }): Op<null> {
    const { db } = this.#store;
    deleteFlavor(db, flavorByFlavorId(db, this.#store, ctxt, flavorid).id);
    return null;
  }
}

function dict(flavor: FlavorFields): FlavorDict {
  const { id, name, flavorid, memory_mb, vcpus, root_gb, ephemeral_gb } = flavor;
  const { swap, rxtx_factor, is_public, extra_specs } = flavor;
  return {
    ...{ id, name, flavorid, memory_mb, vcpus, root_gb, ephemeral_gb },
    ...{ swap, rxtx_factor, is_public, extra_specs },
  };
}

/** What comes over the bus need not be what a contract says. */
function text(name: string, value: unknown): string {
  if (typeof value === "string" && value !== "" && value.length <= 255) return value;
  throw new InvalidInput({ reason: `${name} must be a text of 1 to 255 characters` });
}

function whole(name: string, value: unknown, least: number): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= least) return value;
  throw new InvalidInput({ reason: `${name} must be a whole number of at least ${least}` });
}

function positive(name: string, value: unknown): number {
  if (typeof value === "number" && value > 0) return value;
  throw new InvalidInput({ reason: `${name} must be a number above 0` });
}

function boolean(name: string, value: unknown): boolean {
  if (typeof value === "boolean") return value;
  throw new InvalidInput({ reason: `${name} must be true or false` });
}
