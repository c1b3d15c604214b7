/**
 * What a cloud must know of an OpenStack project, said once, in `services/<project>/project.ts`: its
 * processes with all that they read and use, what Keystone is told of it, what it holds before
 * anything has started. Only `src/cloud` reads these. Upstream: DevStack's `lib/<project>`.
 */
import type { z } from "zod";
import type { AllowedModules } from "../bus/index.js";
import { InvariantError, milliseconds, seconds, type Kernel, type Span } from "../kernel/index.js";
import type { Complaint } from "../text/complaints.js";
import type { Flags, FlagSet, FlagValues } from "./flags/index.js";
import type { Env } from "./process/env.js";
import type { Process } from "./process/process.js";
import type { GuestMachine } from "./guest-machine.js";
import type { JunoExceptions } from "./invariants.js";
import type { Inventory } from "./inventory.js";
import type { Mishap } from "./mishaps.js";
import type { WatchedTable } from "./observations.js";

/** The one host of everything that is not a compute host's. */
export const CONTROLLER = "controller";

/**
 * Where a process runs: once on the controller, on every compute host, on every host that the
 * project brings along (`hosts`), or in every guest whose image has it (`src/hardware/guest-programs.ts`).
 */
export type Place = "controller" | "computes" | "nodes" | "guests";

/** A host as a cloud is told of it; the capacities are those that its hypervisor reports. */
export interface Host {
  readonly name: string;
  readonly vcpus?: number | undefined;
  readonly memory_mb?: number | undefined;
  readonly disk_gb?: number | undefined;
  /** The names of its disks, where it has some beside that of the system. */
  readonly disks?: readonly string[];
  /** What it is, where it is a guest. */
  readonly machine?: GuestMachine;
}

/**
 * What outlives processes: made once for a cloud (a database), for a compute host (its guests) or for
 * a host of its project's (its disks). What is everywhere an operator has put on each host alike.
 */
export interface Durable<out T, out P extends Place | "everywhere" = Place | "everywhere"> {
  readonly place: P;
  readonly make: (kernel: Kernel, host: Host) => T;
}

/**
 * A database, or a disk on the controller.
 *
 * @example
 * ```ts
 * import { Kernel, Table, store } from "novasim";
 *
 * const notes = store(
 *   (kernel) => new Table<{ text: string }>(kernel, { project: "board", name: "notes" }),
 * );
 * console.log(notes.place, notes.make(new Kernel(), { name: "controller" }).size); // controller 0
 * ```
 */
export const store = <T>(make: (kernel: Kernel) => T): Durable<T, "controller"> => ({
  place: "controller",
  make,
});

/** What an operator has copied to every host: a configuration that no flag is. */
export const everywhere = <T>(make: (kernel: Kernel) => T): Durable<T, "everywhere"> => ({
  place: "everywhere",
  make,
});

/** What every host that a project brings along has one of. */
export const onNodes = <T>(make: (host: Host, kernel: Kernel) => T): Durable<T, "nodes"> => ({
  place: "nodes",
  make: (kernel, host) => make(host, kernel),
});

/** What every compute host has one of. */
export const hardware = <T>(make: (host: Host, kernel: Kernel) => T): Durable<T, "computes"> => ({
  place: "computes",
  make: (kernel, host) => make(host, kernel),
});

/** What every guest with a process of that project has one of, as long as there is the guest. */
export const onGuests = <T>(
  make: (machine: GuestMachine, kernel: Kernel) => T,
): Durable<T, "guests"> => ({
  place: "guests",
  make: (kernel, { name, machine }) => {
    if (machine === undefined) throw new InvariantError(`${name} is no guest`);
    return make(machine, kernel);
  },
});

/** Hardware that faults can be aimed at, on each host that has a process which uses `durable`. */
export interface Fallible<T = unknown> {
  readonly durable: Durable<T>;
  /** That of a host. */
  at(made: T, host: string): object;
}

/** @param at which of it is a host's, where `durable` is not made for each host */
export const fallible = <T extends object>(
  durable: Durable<T>,
  at: Fallible<T>["at"] = (made) => made,
): Fallible<T> => ({ durable, at });

export type Uses<P extends Place = Place> = Readonly<
  Record<string, Durable<unknown, P | "everywhere">>
>;

/** As they are handed out: `{ db: NovaDatabase }`. */
export type Made<U extends Uses> = { readonly [K in keyof U]: ReturnType<U[K]["make"]> };

export type Latencies = Readonly<Record<string, Span>>;
export type Rates = Readonly<Record<string, number>>;

/** One kind of process of a project. */
export interface ProcessPlan<
  B extends string = string,
  P extends Place = Place,
  U extends Uses = Uses,
  L extends Latencies = Latencies,
  R extends Rates = Rates,
> {
  readonly binary: B;
  readonly on: P;
  /** It starts only in a cloud that names it: `services: [nova-network]`. */
  readonly optional?: boolean;
  /** All that it can reach of what outlives it: on a compute host, no database. */
  readonly uses: U;
  /** The flag sets that it may read, beside those of every service. */
  readonly flags: readonly FlagSet[];
  /** Configuration files that are named after neither the project nor the binary. */
  readonly configFiles?: readonly string[];
  /** How long things take in it, by the keys of a cloud's `latency`. */
  readonly latency?: L;
  /** How much it moves in a second, in megabytes; keys of a cloud's `latency` too. */
  readonly rates?: R;
  /** Make it, anew for each of its lives. */
  make(env: Env, parts: Made<U>, latency: L & R): Process;
}

/** An image that a project has in Glance from the start. */
export interface ProjectImage {
  readonly name: string;
  readonly size_mb: number;
  readonly properties: Readonly<Record<string, string>>;
}

/** The latencies of a process that says nothing of them. */
export const NONE = {};

/**
 * One process of a project, with its types tied together.
 *
 * @example
 * ```ts
 * import { defineProject, process, store, webService, respond } from "novasim";
 *
 * const notes = store(() => new Map<string, string>());
 * const notesApi = process({
 *   binary: "notes-api",
 *   on: "controller",
 *   uses: { notes },
 *   flags: [],
 *   make: (env, { notes }) =>
 *     webService(env, {
 *       port: 9997,
 *       app: notes,
 *       layers: [],
 *       context: () => null,
 *       policy: { rules: {}, allows: () => true, refusal: () => new Error() as never },
 *       routes: [],
 *       lost: (status) => respond(status),
 *     }),
 * });
 * console.log(defineProject.name, notesApi.binary); // defineProject notes-api
 * ```
 */
export const process = <
  const B extends string,
  P extends Place,
  U extends Uses<P>,
  L extends Latencies = typeof NONE,
  R extends Rates = typeof NONE,
>(
  plan: ProcessPlan<B, P, U, L, R>,
): ProcessPlan<B, P, U, L, R> => plan;

/** Where a service listens, as Keystone's catalog tells it. */
export interface CatalogEntry {
  /** `compute`. */
  readonly type: string;
  /** `cinderv2`; default: the project's. */
  readonly name?: string;
  /** `http://controller:8774/v2/$(tenant_id)s`; see `onController`. */
  readonly url: string;
  /** Default: `url`. */
  readonly adminUrl?: string;
  /** It is told only where people come from outside, with clients of later releases. */
  readonly outside?: boolean;
}

/**
 * The address of a service on the controller, for a catalog.
 *
 * @example
 * ```ts
 * import { onController } from "novasim";
 *
 * console.log(onController(9999, "/v1")); // http://controller:9999/v1
 * ```
 */
export const onController = (port: number, path = ""): string =>
  `http://${CONTROLLER}:${String(port)}${path}`;

/** A user that a cloud's files speak of, and its project. */
export interface Account {
  readonly name: string;
  readonly project: string;
  readonly projectId?: string;
  readonly password?: string;
}

/** A domain of Keystone's that a project makes users in, and who may. */
export interface UserDomain {
  readonly id: string;
  readonly name: string;
  /** The name of its administrator. */
  readonly admin: string;
  /** Roles that such users are given. */
  readonly roles: readonly string[];
}

/** Of the whole cloud, what a project may look at when it is seeded. */
export interface SeedContext {
  /** All catalogs, each entry under the name of its project. */
  readonly catalog: readonly (CatalogEntry & { readonly name: string })[];
  /** The users as whom services ask Keystone and each other. */
  readonly serviceUsers: readonly string[];
  /** Domains that services make users in. */
  readonly userDomains: readonly UserDomain[];
  /** What the cloud's own files say of such users, where they say something. */
  readonly accounts: readonly Account[];
  /** The id of the project (tenant) that what an operator has put there belongs to. */
  readonly operator: () => string;
  /** The images that projects bring along. */
  readonly images: readonly ProjectImage[];
  /** The id of something that a project has which was seeded before: `idOf("image", "cirros")`. */
  readonly idOf: (kind: string, name: string) => string | undefined;
  /** Whether a process of that binary will start. */
  readonly starts: (binary: string) => boolean;
  readonly flagsOf: (binary: string) => Flags;
}

/** Who is at work in a cloud. */
export interface Work {
  /** The requests that greenthreads work for, or messages are of. */
  readonly requests: ReadonlySet<string>;
  /** Processes in which somebody works for no request: they start. */
  readonly starting: ReadonlySet<string>;
}

/** Where a project that is asked for its inventory may look, beside its stores. */
export interface Premises {
  /** What was made to go wrong in this cloud, and what ended. */
  readonly mishaps: readonly Mishap[];
  /** What is under way; undefined: nothing is, and nobody will end what is not ended. */
  readonly work: Work | undefined;
  /** The requests that anybody works for just now, loops as well: nobody waits for those, but they will have come to their end. */
  readonly loops: ReadonlySet<string>;
  readonly flagsOf: (binary: string) => Flags;
  /** That of every compute host, by the host's name. */
  onComputes<T>(durable: Durable<T, "computes">): ReadonlyMap<string, T>;
  /** That of every host that a project brings along. */
  onNodes<T>(durable: Durable<T, "nodes">): ReadonlyMap<string, T>;
}

/** Where what a guest sends to the metadata address ends up. */
export type GuestRoute =
  /** At somebody who listens at `address`, or at nobody; it comes from the guest's address. */
  | { readonly kind: "at"; readonly from: string; readonly address: string }
  /** There is no way to the network, or nobody who is the way. */
  | { readonly kind: "unreachable"; readonly reason: "network" | "host" }
  | { readonly kind: "lost" };

/** Looks up the id of something by its name. */
export type IdByName = (name: string) => string | undefined;

/** What a cloud must know of an OpenStack project. */
export interface Project<
  N extends string = string,
  P extends ProcessPlan = ProcessPlan,
  S extends Uses<"controller"> = Uses<"controller">,
  O extends z.ZodRawShape = z.ZodRawShape,
  R extends string = string,
> {
  /** `nova`: also its exchange on the bus. */
  readonly name: N;
  /** In the order in which they start. */
  readonly processes: readonly P[];
  /** What `seed` and `resolve` are given. */
  readonly stores: S;
  /** What of its hardware can be made to fail (`src/hardware`). */
  readonly hardware?: readonly Fallible[];
  readonly catalog: readonly CatalogEntry[];
  /** Images for its guests, which Glance holds from the start. */
  images?(options: z.output<z.ZodObject<O>>): readonly ProjectImage[];
  /** The tables whose rows have states, for who reads recordings. */
  readonly states?: Readonly<Record<string, WatchedTable>>;
  /** Where people's browsers go, if it has pages for them: `http://controller`. */
  readonly site?: string;
  /** The user as whom its services ask Keystone, in project `service`. */
  readonly serviceUser?: string;
  /** Where it makes users of its own. */
  readonly userDomain?: UserDomain;
  /** Whose exceptions its callers rebuild; all others arrive as RemoteError. */
  readonly allowedModules?: AllowedModules;
  /** Its keys among the options of a cloud. */
  readonly options: O;
  /**
   * What options are where some process is there, unless a cloud says otherwise: by binary, what
   * DevStack would write into its file.
   */
  presets?(starts: (binary: string) => boolean): Readonly<Record<string, FlagValues>>;
  /** The hosts that it brings along, for processes and stores that are on `nodes`. */
  hosts?(options: z.output<z.ZodObject<O>>): readonly Host[];
  /** What is wrong with those that single values do not show. */
  conflicts?(options: z.output<z.ZodObject<O>>): readonly Complaint[];
  /** Puts in place what is there before anything has started. */
  seed(stores: Made<S>, options: z.output<z.ZodObject<O>>, context: SeedContext): void;
  /** Ids by names, by the kind of thing: `{{server t1}}`. */
  resolve(stores: Made<S>): Readonly<Record<R, IdByName>>;
  /** Where requests of a server's guest go, if this project is the guest's network. */
  guestRoute?(stores: Made<S>, server: string): GuestRoute;
  /** How many GB a volume has, if this project keeps volumes: what a guest sees of a disk. */
  volumeSize?(stores: Made<S>, volume: string): number | undefined;
  /** The ways in which it breaks what should hold, as its source has it, by name. */
  readonly exceptions?: JunoExceptions;
  /** What it holds, for who looks for what was left behind, and what of it should not be so. */
  inventory?(stores: Made<S>, premises: Premises): Inventory;
}

/**
 * One project, with its types tied together.
 *
 * @example
 * ```ts
 * import {
 *   Cloud,
 *   HttpFault,
 *   defineProject,
 *   onController,
 *   policyMaker,
 *   process,
 *   respond,
 *   routeMaker,
 *   webService,
 * } from "novasim";
 *
 * const route = routeMaker<null, null, "clock:read">();
 * const policy = policyMaker<null>()({
 *   checks: { anybody: () => true },
 *   rules: { "clock:read": "anybody" },
 *   refusal: () => new HttpFault(403, "No."),
 * });
 * const clock = defineProject({
 *   name: "clock",
 *   processes: [
 *     process({
 *       binary: "clock-api",
 *       on: "controller",
 *       uses: {},
 *       flags: [],
 *       make: (env) =>
 *         webService(env, {
 *           port: 9998,
 *           app: null,
 *           layers: [],
 *           context: () => null,
 *           policy,
 *           routes: [
 *             route("GET", "/now", "clock:read", function* () {
 *               return respond(200, { now: env.utcnow() });
 *             }),
 *           ],
 *           lost: (status) => respond(status),
 *         }),
 *     }),
 *   ],
 *   stores: {},
 *   catalog: [{ type: "clock", url: onController(9998) }],
 *   options: {},
 *   seed: () => undefined,
 *   resolve: () => ({}),
 * });
 * const cloud = new Cloud();
 * cloud.add(clock);
 * const answer = cloud.run(cloud.user("demo").request("clock", "GET", "/now"));
 * console.log(answer.status); // 200
 * ```
 */
export const defineProject = <
  const N extends string,
  P extends ProcessPlan,
  S extends Uses<"controller">,
  O extends z.ZodRawShape,
  R extends string,
>(
  project: Project<N, P, S, O, R>,
): Project<N, P, S, O, R> => project;

/** Spans for `latency`, in milliseconds and in seconds. */
export const inMilliseconds = (min: number, max: number): Span => ({
  min: milliseconds(min),
  max: milliseconds(max),
});
export const inSeconds = (min: number, max: number): Span => ({
  min: seconds(min),
  max: seconds(max),
});
