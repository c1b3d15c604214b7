/** What a task may be. Upstream: glance/api/v2/tasks.py (_TASK_SCHEMA) at 2014.2. */
import { repr, type JsonObject } from "../../../../../python/index.js";
import { InvalidObject } from "../../../exception.js";
import { collection, fault, text, UUID } from "../json-schema.js";

const BRIEF = {
  id: text("An identifier for the task", { pattern: UUID }),
  type: text("The type of task represented by this content", { enum: ["import"] }),
  status: text("The current status of this task", {
    enum: ["pending", "processing", "success", "failure"],
  }),
  owner: text("An identifier for the owner of this task"),
  expires_at: text("Datetime when this resource would be subject to removal"),
  created_at: text("Datetime when this resource was created"),
  updated_at: text("Datetime when this resource was updated"),
  self: { type: "string" },
  schema: { type: "string" },
} satisfies JsonObject;

const FULL: JsonObject = {
  ...BRIEF,
  input: { type: "object", description: "The parameters required by task, JSON blob" },
  result: { type: "object", description: "The result of current task, JSON blob" },
  message: text(
    "Human-readable informative message only included when appropriate (usually on failure)",
  ),
};

/** By the last part of their path. */
export const TASK_SCHEMAS = {
  task: { name: "task", properties: FULL },
  tasks: collection("tasks", { name: "task", properties: BRIEF }, false),
} as const satisfies Readonly<Record<string, JsonObject>>;

/** @throws InvalidObject with what jsonschema says of the first fault */
export function validateTask(task: JsonObject): void {
  const extra = Object.keys(task).find((name) => !Object.hasOwn(FULL, name));
  const reason =
    extra === undefined
      ? fault({ properties: FULL, required: [] }, task)
      : `Additional properties are not allowed (${repr(extra)} was unexpected)`;
  if (reason !== undefined) throw new InvalidObject({ schema: "task", reason });
}
