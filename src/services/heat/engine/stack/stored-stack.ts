/**
 * A stack as it is kept: its template, parameters and environment, who asks, and the state that it is in, of which row,
 * log and world are told. What resources it has is in core.ts. Upstream: heat/engine/stack.py (Stack: __init__,
 * identifier, state_set, timeout_secs and their like) at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import { ValueError, type Json, type JsonObject } from "../../../../python/index.js";
import type { Clients } from "../../clients/index.js";
import { HeatContext } from "../../context.js";
import { reasonColumn } from "../../db/database.js";
import { stackIdentity, type StackIdentity } from "../../identifier.js";
import { ResourceRegistry } from "../environment.js";
import type { LookUps } from "../parameters/constraints.js";
import { Parameters } from "../parameters/parameters.js";
import { customConstraints } from "../resources/custom-constraints.js";
import type { ResourceTypes } from "../resources/resource-class.js";
import type {
  EngineParts,
  NotifiedStack,
  ParentResource,
  ScalingEvent,
} from "../resources/stack-view.js";
import type { TemplateFacade } from "../template/function.js";
import type { Template } from "../template/template.js";
import type { NewStack, StackAction, StackStatus } from "./new-stack.js";

const NAME = /^[a-zA-Z][a-zA-Z0-9_.-]*$/u;

export abstract class StoredStack implements NotifiedStack {
  readonly parts: EngineParts;
  readonly context: HeatContext;
  readonly name: string;
  registry: ResourceRegistry;
  readonly parent: ParentResource | undefined;
  /** Both are another's once the stack has been updated. */
  template: Template;
  parameters: Parameters;
  /** `env.params`. */
  userParameters: JsonObject;
  timeoutMinutes: number | null;
  disableRollback: boolean;
  readonly clients: Clients;
  readonly lookUps: LookUps;
  readonly tenant: string | null;
  readonly username: string | null;
  readonly owner: string | null;
  readonly adoptData: JsonObject | null;
  action: StackAction = "CREATE";
  status: StackStatus = "IN_PROGRESS";
  statusReason = "";
  id: string | null = null;
  createdTime: string | null = null;
  updatedTime: string | null = null;
  userCredsId: number | null = null;
  /** Where its own users are: the user's project, as there is no domain of Heat's. */
  userProjectId: string | null = null;
  #zones: readonly string[] | undefined;

  /** @throws ValueError, and what is wrong with its parameters */
  constructor(parts: EngineParts, values: NewStack, types: ResourceTypes) {
    const { name, template, tenant, username, row, owner = null, nested = false } = values;
    if (owner === null && !nested && !NAME.test(name)) {
      const right = 'must contain only alphanumeric or "_-." characters, must start with alpha';
      throw new ValueError(`Invalid stack name ${name} ${right}`);
    }
    this.parts = parts;
    this.name = name;
    this.template = template;
    this.userParameters = values.parameters;
    const { registry = {} } = values;
    this.registry =
      registry instanceof ResourceRegistry ? registry : new ResourceRegistry(types, registry);
    this.parent = values.parent;
    this.owner = owner;
    this.context =
      values.context ?? new HeatContext({ tenant_id: tenant, username, request_id: "" });
    this.tenant = tenant;
    this.username = username;
    this.timeoutMinutes = values.timeoutMinutes ?? null;
    this.disableRollback = values.disableRollback ?? true;
    this.adoptData = values.adoptData ?? null;
    this.clients = parts.clientsFor(this.context);
    this.lookUps = customConstraints(this.clients);
    if (row !== undefined) {
      this.id = row.uuid;
      this.action = row.action as StackAction;
      this.status = row.status as StackStatus;
      this.statusReason = row.status_reason;
      this.createdTime = row.created_at;
      this.updatedTime = row.updated_time;
      this.userCredsId = row.user_creds_id;
      this.userProjectId = row.stack_user_project_id;
    }
    this.parameters = new Parameters(template, values.parameters, this.identity());
  }

  mappings(): Json {
    return this.template.mappings;
  }

  *availabilityZones(): Op<readonly string[]> {
    return (this.#zones ??= yield* this.clients.nova.availabilityZones());
  }

  get facade(): TemplateFacade | undefined {
    return this.parent;
  }

  get files(): Readonly<Record<string, Json>> {
    return this.template.files;
  }

  /** `str(stack)`. */
  toString(): string {
    return `Stack "${this.name}" [${this.id ?? "None"}]`;
  }

  identity(): StackIdentity {
    return stackIdentity(this.tenant, this.name, this.id);
  }

  keepFile(name: string, text: string): void {
    if (this.files[name] === text) return;
    this.template = this.template.withFiles({ ...this.files, [name]: text });
  }

  setStackId(identity: StackIdentity): void {
    this.parameters.setStackId(identity);
  }

  get templateSource(): JsonObject {
    return this.template.source;
  }

  /** What an update begins with: the environment, the files and the limits of another one. */
  takeOver(next: StoredStack): void {
    this.registry = next.registry;
    this.userParameters = next.userParameters;
    this.parameters = next.parameters;
    this.template = this.template.withFiles(next.files);
    this.disableRollback = next.disableRollback;
    this.timeoutMinutes = next.timeoutMinutes;
    if (this.id !== null) this.parameters.setStackId(this.identity());
  }

  parameter(name: string): Json | undefined {
    return this.parameters.value(name);
  }

  setUserProjectId(id: string): void {
    this.userProjectId = id;
    if (this.id !== null) this.parts.db.stacks.update(this.id, { stack_user_project_id: id });
  }

  /** `state_set`: to its row, to the log and to the world. */
  *setState(action: StackAction, status: StackStatus, reason: string): Op<void> {
    this.action = action;
    this.status = status;
    this.statusReason = reason;
    if (this.id === null) return;
    const state = { action, status, status_reason: reasonColumn(reason) };
    if (this.parts.db.stacks.update(this.id, state) === undefined) return;
    if (this.parts.stackEvents === true) this.#tell(this.id);
    this.parts.log("info", `Stack ${action} ${status} (${this.name}): ${reason}`);
    yield* this.notify();
  }

  /** `Stack._add_event` of later releases (heat/engine/stack.py:699, 5.0.0). */
  #tell(id: string): void {
    this.parts.addEvent({
      uuid: this.parts.ids.uuid(),
      stack_id: id,
      resource_action: this.action,
      resource_status: this.status,
      resource_name: this.name,
      physical_resource_id: id,
      resource_status_reason: this.statusReason,
      resource_type: "OS::Heat::Stack",
      resource_properties: {},
    });
  }

  *notify(): Op<void> {
    const { notify } = this.parts;
    if (notify !== undefined) yield* notify(this);
  }

  *notifyScaling(event: ScalingEvent): Op<void> {
    const { notify } = this.parts;
    if (notify !== undefined) yield* notify(this, event);
  }

  /** `user_env_as_dict`. */
  get environment(): JsonObject {
    return { resource_registry: this.registry.asDict, parameters: this.userParameters };
  }

  /** Seconds that an action may take. */
  get timeout(): number {
    return this.timeoutMinutes === null ? this.parts.actionTimeout : this.timeoutMinutes * 60;
  }
}
