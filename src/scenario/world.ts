/**
 * What a scenario needs of a cloud. `Cloud` is the one that ships; anything with this shape can
 * take a scenario, so the runner is tested without a whole cloud.
 */
import type { AddOptions, OwnProject, OwnService } from "../cloud/add.js";
import type { Act, RawAnswer, RawRequest } from "../clients/index.js";
import type { FaultSpec } from "../faults/index.js";
import type { LoadChange } from "../hardware/guest-activity.js";
import type { CloudOptions } from "../cloud/options/options.js";
import type { Finding } from "../framework/invariants.js";
import type { WatchedStates } from "../framework/observations.js";
import type { Network } from "../http/index.js";
import type { Cause, Greenthread, Kernel, Observer } from "../kernel/index.js";
import type { Actor } from "../timeline/entry.js";

/** What a command line printed, and its exit code. */
export interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}

/** Who types command lines. */
export interface WorldUser {
  /**
   * Start a command line without letting time go by. It publishes its `client` observation when it
   * ends. `cause` is the timeline entry of the step that it belongs to.
   */
  begin(line: string, cause?: Cause): Greenthread<CommandResult>;
  /** Make a request likewise. */
  beginRequest(request: RawRequest, cause?: Cause): Greenthread<RawAnswer>;
  /** Do something in a browser likewise. @throws Error if there is no site to go to */
  beginAct?(act: Act, cause?: Cause): Greenthread<CommandResult>;
}

/** A server as it is stored, read without a message. */
export interface ServerState {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly vm_state: string | null;
  readonly task_state: string | null;
  readonly power_state: number | string | null;
  readonly host: string | null;
  readonly fault?: unknown;
}

/** A fault that was let go wrong: what it does, how often it has struck, whether it is over. */
export interface FaultState {
  /** `drop`, `driver`: by this and by the places `heal` finds it. */
  readonly kind: string;
  readonly text: string;
  /** The processes and hosts that it is aimed at. */
  readonly places: readonly string[];
  readonly strikes: number;
  readonly lifted: boolean;
}

export interface World {
  readonly kernel: Kernel;
  /** Where requests from outside go, if the world has servers for them. */
  readonly network?: Network;
  readonly actors: readonly Actor[];
  /** In which columns states are, by project and table. */
  readonly states?: WatchedStates;
  /** @throws Error if there is no such user */
  user(name: string): WorldUser;
  /** @throws Error if there is no such server, or if its guest does not run */
  guest?(server: string): Pick<WorldUser, "beginRequest">;
  /** What the guest of a server does from now on. @throws Error if there is no such server or guest */
  load?(server: string, load: LoadChange): void;
  /** The id of a `network`, `image`, `server` ... by its name, if there is one. */
  id(kind: string, name: string): string | undefined;
  /** Put a service or project of one's own beside the others, and start it. */
  add?(own: OwnService | OwnProject, options?: AddOptions): unknown;
  start(target: string, options?: { readonly background?: boolean }): void;
  stop(target: string): void;
  crash(target: string): void;
  inject(fault: FaultSpec): void;
  heal(what?: string): void;
  /** Every fault that there ever was, in order. */
  readonly faults?: readonly FaultState[];
  /** By name or id; the newest of that name. May show deleted ones, with status DELETED. */
  server(name: string): ServerState | undefined;
  /** What each service is doing right now, one line each. */
  activity(): string[];
  /** What was left behind, one line each: the port of a server that is gone. */
  leftovers?(): string[];
  /** What should hold of any cloud and does not. */
  invariants?(): Finding[];
  /** What may be a mistake of the scenario, in words: faults that never struck. */
  warnings?(): string[];
}

export type { FaultSpec };

/** Makes a world; `observer: null` is nobody, and nothing is kept of the run. */
export type MakeWorld = (options: CloudOptions & { readonly observer: Observer | null }) => World;
