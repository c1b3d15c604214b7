/**
 * The stack, as its resources see it, and what all stacks of an engine work with. Upstream: what
 * heat/engine/resource.py reads of its stack, and imports, at 2014.2.
 */
import type { Kernel, LogLine, Op, Stepped, Stream } from "../../../../kernel/index.js";
import type { Json, JsonObject } from "../../../../python/index.js";
import type { HeatContext } from "../../context.js";
import type { HeatDatabase } from "../../db/database.js";
import type { EventRow } from "../../db/schema.js";
import type { StackIdentity } from "../../identifier.js";
import type { Clients, ClientContext } from "../../clients/index.js";
import type { LookUps } from "../parameters/constraints.js";
import type { Properties } from "../properties/properties.js";
import type { PropertySchemata } from "../properties/schema.js";
import type { FrozenDefinition } from "./change.js";
import type { Referenced } from "../template/function.js";
import type { ResourceDefinition } from "../template/resource-definition.js";

/** How large stacks may be. */
export interface StackLimits {
  /** `max_template_size`. */
  readonly templateSize: number;
  /** `max_nested_stack_depth`. */
  readonly nestedDepth: number;
  /** `max_resources_per_stack`. */
  readonly resources: number;
}

export const STACK_LIMITS: StackLimits = {
  templateSize: 524_288,
  nestedDepth: 3,
  resources: 1000,
};

export interface EngineParts {
  readonly kernel: Kernel;
  readonly db: HeatDatabase;
  /** Where ids come from. */
  readonly ids: Stream;
  /** For pauses and random texts. */
  readonly chance: Stream;
  /** The clients of a context. */
  readonly clientsFor: (context: ClientContext) => Clients;
  /** `deferred_auth_method`. Default: `password`. */
  readonly deferredAuthMethod?: string;
  /** `action_retry_limit`. */
  readonly retryLimit: number;
  /** `stack_action_timeout`, in seconds. */
  readonly actionTimeout: number;
  readonly log: (level: LogLine["level"], message: string) => void;
  readonly addEvent: (event: EventRow) => void;
  /** `enable_stack_events`. Default: Juno's, none. */
  readonly stackEvents?: boolean;
  /** Default: Juno's. */
  readonly limits?: StackLimits;
  /** Tells the world of a stack's new state; without it nobody is told. */
  readonly notify?: (stack: NotifiedStack, scaling?: ScalingEvent) => Op<void>;
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

/** What the world is told of a group whose size changes. */
export interface ScalingEvent {
  readonly suffix: "start" | "end" | "error";
  readonly adjustment: { readonly type: string; readonly by: number };
  readonly capacity: number;
  readonly groupname: string;
  readonly message: string;
}

/** A resource, as others of its stack see it. */
export interface Sibling extends Referenced {
  readonly definition: ResourceDefinition;
  readonly properties: Properties;
  readonly statusReason: string;
  readonly resourceId: string | null;
  readonly createdTime: string | null;
  freshMetadata(): Op<JsonObject>;
  setMetadata(metadata: JsonObject): void;
  /** As it is written of it now, with nothing left to resolve. */
  frozen(): Op<FrozenDefinition>;
  /** To what another definition says. */
  update(after: ResourceDefinition, before: FrozenDefinition): Stepped;
}

/** The resource that a nested stack is there for. */
export interface ParentResource {
  readonly name: string;
  readonly stack: StackOfResources;
  readonly definition: ResourceDefinition;
  /** How many stacks are around its own. */
  readonly recursionDepth: number;
  /** The template that it stands for, if it is one that stands for a template. */
  readonly templateName: string | undefined;
  metadata(): Op<JsonObject>;
}

/** A stack for a resource. */
export interface NestedValues {
  readonly name: string;
  readonly template: JsonObject;
  readonly parameters: JsonObject;
  /** Of its environment, beside what the stack around has. */
  readonly registry?: JsonObject;
  readonly timeoutMinutes: number | null;
  readonly parent: ParentResource;
  /** What there is already of it. */
  readonly adoptData?: JsonObject | null;
}

/** What a nested stack is told to do by its parent. */
export type NestedAction = "CREATE" | "ADOPT" | "SUSPEND" | "RESUME" | "CHECK";

/** A stack that is a resource of another one. */
export interface NestedStack extends StackOfResources {
  readonly status: string;
  readonly statusReason: string;
  readonly templateSource: JsonObject;
  readonly resourceCount: number;
  readonly outputNames: readonly string[];
  /** Seconds that an action may take. */
  readonly timeout: number;
  /** @throws what is wrong with it */
  validate(): Op<void>;
  /** @returns its id */
  store(): Op<string>;
  /** `stack_task`. */
  task(action: NestedAction): Stepped;
  /** `update_task`: to what another one is that is not stored. */
  updateTask(next: NestedStack): Stepped;
  /** To its end. */
  delete(): Op<void>;
  output(name: string): Op<{ readonly value: Json; readonly error?: string }>;
  prepareAbandon(): Op<JsonObject>;
  /** `supports_check_action`: whether all in it can be looked at; if not, it says so in its state. */
  supportsCheck(): Op<boolean>;
  /** Which id its parameters speak of. */
  setStackId(identity: StackIdentity): void;
}

/** What a type is like without a resource of it. */
export interface Facade {
  readonly schemata: PropertySchemata;
  readonly attributeNames: readonly string[] | undefined;
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
  byRefId(id: Json): Op<Sibling | undefined>;
  /** The resource that it is there for, if it is nested. */
  readonly parent: ParentResource | undefined;
  /** The outermost one around it. */
  readonly root: StackOfResources;
  readonly timeoutMinutes: number | null;
  totalResources(): number;
  /** A stack for one of its resources, which is not stored. @throws what is wrong with its template */
  nest(values: NestedValues): NestedStack;
  /** One that has been stored; undefined if it is gone. */
  loadNested(id: string, parent: ParentResource): NestedStack | undefined;
  /** The template that a type stands for. */
  templateOf(type: string, resource: string): string | undefined;
  /** The class that a type stands for, if a template does not stand for it. */
  facadeOf(definition: ResourceDefinition): Facade | undefined;
  /** What a file says that has been fetched is kept. */
  keepFile(name: string, text: string): void;
  /** Tells the world of a group of its. */
  notifyScaling(event: ScalingEvent): Op<void>;
  /** `restart_resource`: away with it and all that need it, and made again. */
  restartResource(name: string): Op<void>;
  /** What of its resources has been read is read anew. */
  forgetAttributes(): void;
  toString(): string;
}
