/**
 * The stack, as its resources see it, and what all stacks of an engine work with. Upstream: what
 * heat/engine/resource.py reads of its stack, and imports, at 2014.2.
 */
import type { Kernel, LogLine, Op, Stream } from "../../../../kernel/index.js";
import type { Json, JsonObject } from "../../../../python/index.js";
import type { HeatContext } from "../../context.js";
import type { HeatDatabase } from "../../db/database.js";
import type { EventRow } from "../../db/schema.js";
import type { StackIdentity } from "../../identifier.js";
import type { Clients, ClientContext } from "../../clients/index.js";
import type { LookUps } from "../parameters/constraints.js";
import type { Properties } from "../properties/properties.js";
import type { Referenced } from "../template/function.js";
import type { ResourceDefinition } from "../template/resource-definition.js";

export interface EngineParts {
  readonly kernel: Kernel;
  readonly db: HeatDatabase;
  /** Where ids come from. */
  readonly ids: Stream;
  /** For pauses and random texts. */
  readonly chance: Stream;
  /** The clients of a context. */
  readonly clientsFor: (context: ClientContext) => Clients;
  /** `action_retry_limit`. */
  readonly retryLimit: number;
  /** `stack_action_timeout`, in seconds. */
  readonly actionTimeout: number;
  readonly log: (level: LogLine["level"], message: string) => void;
  readonly addEvent: (event: EventRow) => void;
  /** Tells the world of a stack's new state; without it nobody is told. */
  readonly notify?: (stack: NotifiedStack) => Op<void>;
}

/** What the world is told of a stack. */
export interface NotifiedStack {
  readonly context: HeatContext;
  readonly name: string;
  readonly action: string;
  readonly status: string;
  readonly statusReason: string;
  readonly createdTime: string | null;
  identity(): StackIdentity;
}

/** A resource, as others of its stack see it. */
export interface Sibling extends Referenced {
  readonly definition: ResourceDefinition;
  readonly properties: Properties;
  freshMetadata(): Op<JsonObject>;
  setMetadata(metadata: JsonObject): void;
}

export interface StackOfResources {
  readonly parts: EngineParts;
  /** Who asks. */
  readonly context: HeatContext;
  /** Null until it is stored. */
  readonly id: string | null;
  readonly name: string;
  readonly action: string;
  /** Those of its context. */
  readonly clients: Clients;
  /** Custom constraints, which ask by them. */
  readonly lookUps: LookUps;
  readonly files: Readonly<Record<string, Json>>;
  /** The project that users of its resources are made in. */
  readonly userProjectId: string | null;
  setUserProjectId(id: string): void;
  identity(): StackIdentity;
  /** Each of its resources. */
  siblings(): Iterable<Sibling>;
  /** `resource_by_refid`: one that is there, by what `get_resource` says of it. */
  byRefId(id: Json): Sibling | undefined;
  /** What of its resources has been read is read anew. */
  forgetAttributes(): void;
  toString(): string;
}
