/**
 * What nova-api answers, as far as its clients look at it. Names on the wire, so that a reader finds
 * them in the API reference. Spec: nova §5.
 */
import type { Json, JsonObject } from "../../../python/index.js";

/** A `T` as it came: commands print members that no type names. */
export type OnTheWire<T> = T & JsonObject;

/** Anything with an id that a user may also call by name. */
export interface Resource {
  readonly id: string;
  readonly name?: string;
}

/** Where else a thing can be found. */
export interface Link {
  readonly rel: string;
  readonly href: string;
}

/** A server in full: `GET /servers/{id}` or `/servers/detail`. */
export interface Server extends Resource {
  readonly name: string;
  readonly status: string;
  readonly tenant_id: string;
  readonly user_id: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly hostId: string;
  /** Empty for a server that was booted from a volume. */
  readonly image: { readonly id: string } | "";
  readonly flavor: { readonly id: string };
  readonly created: string;
  readonly updated: string;
  readonly addresses: Readonly<Record<string, readonly { addr: string; version: number }[]>>;
  readonly progress?: number;
  readonly fault?: { readonly code: number; readonly message: string; readonly created: string };
  readonly key_name: string | null;
  readonly security_groups?: readonly { readonly name: string }[];
  /** Only in the answer to a boot. */
  readonly adminPass?: string;
  readonly "OS-EXT-AZ:availability_zone": string | null;
  readonly "OS-EXT-STS:vm_state": string;
  readonly "OS-EXT-STS:task_state": string | null;
  readonly "OS-EXT-STS:power_state": number;
  readonly "OS-SRV-USG:launched_at": string | null;
  readonly "OS-SRV-USG:terminated_at": string | null;
  /** Administrators only. */
  readonly "OS-EXT-SRV-ATTR:host"?: string | null;
}

/** The answer to `POST /servers`: not yet a server, but its id. */
export interface CreatedServer extends Resource {
  readonly links: readonly Link[];
  readonly adminPass?: string;
}

/** A flavor, as `GET /flavors/detail` lists it; `ram` in MB, `disk` in GB. */
export interface Flavor extends Resource {
  readonly name: string;
  readonly ram: number;
  readonly disk: number;
  readonly vcpus: number;
  /** Empty when there is none. */
  readonly swap: number | "";
  readonly rxtx_factor: number;
  readonly "OS-FLV-EXT-DATA:ephemeral": number;
  readonly "os-flavor-access:is_public": boolean;
}

/** An image, as nova-api lists it; `minRam` in MB, `minDisk` in GB. */
export interface Image extends Resource {
  readonly name: string;
  readonly status: string;
  readonly progress: number;
  readonly minDisk: number;
  readonly minRam: number;
  readonly metadata: JsonObject;
  /** The server that it is a snapshot of. */
  readonly server?: { readonly id: string };
}

/** A line of `nova service-list`: `state` is what heartbeats say, `status` what an operator says. */
export interface ServiceEntry {
  readonly id: number;
  readonly binary: string;
  readonly host: string;
  readonly zone: string;
  readonly status: string;
  readonly state: string;
  readonly updated_at: string | null;
  readonly disabled_reason: string | null;
}

/** A project that a private flavor was granted to. */
export interface FlavorAccess {
  readonly flavor_id: string;
  readonly tenant_id: string;
}

/** Something that happened to a server. A type, not an interface, so that it counts as JSON. */
export type ServerEvent = {
  readonly server_uuid: string;
  /** `network-vif-plugged`, `network-vif-unplugged`, `network-changed`; others are passed on too. */
  readonly name: string;
  /** Default `completed`. */
  readonly status?: "completed" | "failed" | "in-progress";
  /** The port. */
  readonly tag?: string;
};

/** Filters of `GET /servers`; those without a value are left out. */
export type ServerFilters = Readonly<Record<string, Json | undefined>>;
