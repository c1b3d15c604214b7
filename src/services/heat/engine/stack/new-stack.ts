/**
 * What a stack is made of, whether it is new or comes out of the database, and the states that it can be in. Upstream:
 * heat/engine/stack.py (Stack.__init__, ACTIONS, STATUSES) at 2014.2.
 */
import type { Row } from "../../../../framework/database/row.js";
import type { JsonObject } from "../../../../python/index.js";
import type { HeatContext } from "../../context.js";
import type { StackRow } from "../../db/schema.js";
import type { ResourceRegistry } from "../environment.js";
import type { ParentResource } from "../resources/stack-view.js";
import type { Template } from "../template/template.js";

export type StackAction =
  | "CREATE"
  | "DELETE"
  | "UPDATE"
  | "ROLLBACK"
  | "SUSPEND"
  | "RESUME"
  | "ADOPT"
  | "SNAPSHOT"
  | "CHECK";
export type StackStatus = "IN_PROGRESS" | "COMPLETE" | "FAILED";

export interface NewStack {
  readonly name: string;
  readonly template: Template;
  /** The user's. */
  readonly parameters: JsonObject;
  /** `resource_registry` of the user's environment, or that of the stack around. */
  readonly registry?: JsonObject | ResourceRegistry;
  /** Who asks. */
  readonly context?: HeatContext;
  readonly tenant: string | null;
  readonly username: string | null;
  readonly timeoutMinutes?: number | null;
  readonly disableRollback?: boolean;
  /** The stack that this one is nested in. */
  readonly owner?: string | null;
  /** The resource that it is there for. */
  readonly parent?: ParentResource;
  /** Its name is not a user's, whether or not the stack around is stored. */
  readonly nested?: boolean;
  /** As it is stored, unless it is new. */
  readonly row?: Row<StackRow>;
  /** `adopt_stack_data`: what there is already of it. */
  readonly adoptData?: JsonObject | null;
  /** Only shown in a list, it has no outputs. */
  readonly listed?: boolean;
}
