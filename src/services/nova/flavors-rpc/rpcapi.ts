/**
 * What a management service would like to ask of Nova over the bus, and stock Nova does not answer:
 * no service of 2014.2 has a method for flavors. The conductor answers when its manager is one that
 * has them (`[conductor] manager`). Upstream: none; nova §6, transcripts §T6.
 */
import {
  RpcClient,
  call,
  clientOf,
  defineRpcApi,
  otherwise,
  required,
  type ClientOf,
} from "../../../bus/index.js";
import { contextSerializer, type RequestContext, type Env } from "../../../framework/index.js";

/** A flavor as a dictionary; `flavorid` is the id that users see, `id` is Nova's own. */
export interface FlavorDict {
  readonly id: number;
  readonly name: string;
  readonly flavorid: string;
  readonly memory_mb: number;
  readonly vcpus: number;
  readonly root_gb: number;
  readonly ephemeral_gb: number;
  readonly swap: number;
  readonly rxtx_factor: number;
  readonly is_public: boolean;
  readonly extra_specs: Readonly<Record<string, string>>;
}

/** What makes a flavor; the rest is as for `nova flavor-create`. */
export interface NewFlavor {
  readonly name: string;
  readonly memory_mb: number;
  readonly vcpus: number;
  readonly root_gb: number;
  readonly flavorid?: string | null;
  readonly ephemeral_gb?: number;
  readonly swap?: number;
  readonly rxtx_factor?: number;
  readonly is_public?: boolean;
}

/** All are calls, since a result is expected; only `delete_flavor` could be a cast. */
export const flavorsApi = defineRpcApi({
  topic: "conductor",
  version: "2.0",
  methods: {
    get_all_flavors: call<Record<string, never>, readonly FlavorDict[]>(undefined, {}),
    get_flavor: call<{ flavorid: string }, FlavorDict>(undefined, { flavorid: required() }),
    create_flavor: call<NewFlavor, FlavorDict>(undefined, {
      name: required(),
      memory_mb: required(),
      vcpus: required(),
      root_gb: required(),
      flavorid: otherwise(null),
      ephemeral_gb: otherwise(0),
      swap: otherwise(0),
      rxtx_factor: otherwise(1),
      is_public: otherwise(true),
    }),
    delete_flavor: call<{ flavorid: string }, null>(undefined, { flavorid: required() }),
  },
});

/** The client: one method for each of the server's. */
export const flavorsClient = ({ bus }: Env): ClientOf<typeof flavorsApi, RequestContext> =>
  clientOf(flavorsApi, new RpcClient(bus, contextSerializer));
