/**
 * A task and its ways from pending to success or failure, each of them announced before it is gone. Nothing removes
 * a task in this release, whatever `expires_at` says. Upstream: glance/domain/__init__.py (Task),
 * glance/notifier.py (TaskProxy), glance/db/__init__.py (TaskRepo) at 2014.2.
 */
import { sameText, type Row } from "../../../../../framework/index.js";
import { seconds, type Op } from "../../../../../kernel/index.js";
import type { JsonObject } from "../../../../../python/index.js";
import type { ImageContext } from "../../../context.js";
import type { TaskColumns, TaskInfo, TaskStatus } from "../../../database.js";
import {
  Forbidden,
  InvalidSortKey,
  InvalidTaskStatusTransition,
  NotFound,
} from "../../../exception.js";
import type { GlanceApp } from "../../app.js";

const TARGETS: Readonly<Record<TaskStatus, readonly TaskStatus[]>> = {
  pending: ["processing", "failure"],
  processing: ["success", "failure"],
  success: [],
  failure: [],
};

export interface Task {
  readonly row: Row<TaskColumns>;
  readonly info: Row<TaskInfo>;
}

export interface TaskQuery {
  /** What columns must be; other names say nothing. */
  readonly filters: readonly (readonly [name: string, value: string])[];
  readonly marker: string | undefined;
  readonly limit: number;
  readonly sortKey: string;
  readonly sortDir: "asc" | "desc";
}

export function createTask(
  { env, database }: GlanceApp,
  { owner }: ImageContext,
  type: string,
  input: JsonObject,
): Task {
  const uuid = env.stream("task id").uuid();
  const row = database.tasks.insert({ uuid, type, status: "pending", owner, expires_at: null });
  const info = database.taskInfo.insert({ task_id: uuid, input, result: null, message: "" });
  return { row, info };
}

/** @throws NotFound, for another's as well */
export function findTask(
  { database }: GlanceApp,
  { is_admin, owner }: ImageContext,
  id: string,
): Task {
  const row = database.tasks.get(id);
  const info = database.taskInfo.first({ task_id: id });
  if (row === undefined || info === undefined || !(is_admin || row.owner === owner)) {
    throw new NotFound({}, `Could not find task ${id}`);
  }
  return { row, info };
}

const KEYS = {
  ...{ id: "uuid", type: "type", status: "status", owner: "owner", expires_at: "expires_at" },
  ...{ created_at: "created_at", updated_at: "updated_at", deleted_at: "deleted_at" },
} as const satisfies Readonly<Record<string, keyof Row<TaskColumns>>>;

const isKey = (key: string): key is keyof typeof KEYS => Object.hasOwn(KEYS, key);

/** @throws NotFound for the marker, InvalidSortKey */
export function listTasks(
  app: GlanceApp,
  ctxt: ImageContext,
  query: TaskQuery,
): Row<TaskColumns>[] {
  const { sortKey, marker, limit } = query;
  if (!isKey(sortKey)) throw new InvalidSortKey();
  const sign = query.sortDir === "asc" ? 1 : -1;
  const order = (a: Row<TaskColumns>, b: Row<TaskColumns>): number => {
    for (const key of [KEYS[sortKey], "created_at", "uuid"] as const) {
      const [x, y] = [a[key] ?? "", b[key] ?? ""];
      if (x !== y) return x < y ? -sign : sign;
    }
    return 0;
  };
  const passes = (row: Row<TaskColumns>): boolean =>
    query.filters.every(([name, value]) => !isKey(name) || sameText(row[KEYS[name]] ?? "", value));
  const found = app.database.tasks
    .find()
    .filter((row) => (ctxt.is_admin || row.owner === ctxt.owner) && passes(row))
    .sort(order);
  const after = marker === undefined ? undefined : markerOf(app, ctxt, marker);
  const rest = after === undefined ? found : found.filter((row) => order(row, after) > 0);
  return rest.slice(0, limit);
}

/** In other words than where a task is looked up. @throws NotFound, Forbidden */
function markerOf(
  { database }: GlanceApp,
  { is_admin, owner }: ImageContext,
  id: string,
): Row<TaskColumns> {
  const row = database.tasks.get(id);
  if (row === undefined) throw new NotFound({}, `Task with the given id ${id} was not found`);
  if (is_admin || row.owner === owner) return row;
  throw new Forbidden({}, `Forbidding request, task ${id} is not visible`);
}

/** What a task ends or goes on with. */
export interface TaskOutcome {
  readonly result?: JsonObject;
  readonly message?: string;
  /** Of its own, when a run has taken something out. */
  readonly input?: JsonObject;
}

/** Announce that a task goes on, and write it. @throws InvalidTaskStatusTransition */
export function* advanceTask(
  app: GlanceApp,
  ctxt: ImageContext,
  { row, info }: Task,
  status: TaskStatus,
  outcome: TaskOutcome = {},
): Op<Task> {
  yield* notifyTask(app, ctxt, `task.${status}`, row);
  if (!TARGETS[row.status].includes(status)) {
    throw new InvalidTaskStatusTransition({ cur_status: row.status, new_status: status });
  }
  // Upstream has set the new status already when it makes this text.
  app.env.log("info", `Task [${row.uuid}] status changing from ${status} to ${status}`);
  const { calendar, now } = app.env.kernel;
  const life = seconds(app.flags.task_time_to_live * 3600);
  const expires_at = status === "processing" ? row.expires_at : calendar.stamp(now + life);
  const { tasks, taskInfo } = app.database;
  return {
    row: tasks.touch(row.uuid, { status, expires_at }) ?? row,
    info: taskInfo.touch(info.id, { ...outcome }) ?? info,
  };
}

/** `task.create` and its like. What does not expire yet is said to do so now. */
export function notifyTask(
  app: GlanceApp,
  ctxt: ImageContext,
  event: string,
  row: Row<TaskColumns>,
): Op<void> {
  return app.notifyOf(ctxt, event, {
    id: row.uuid,
    type: row.type,
    status: row.status,
    result: null,
    owner: row.owner,
    message: null,
    expires_at: dateOf(row.expires_at ?? app.env.utcnow()),
    created_at: dateOf(row.created_at),
    updated_at: dateOf(row.updated_at ?? row.created_at),
    deleted: false,
    deleted_at: null,
  });
}

const dateOf = (stamp: string): string => `${stamp.slice(0, 19)}Z`;

/** A task as a list has it. */
export const briefBody = (row: Row<TaskColumns>): JsonObject => ({
  id: row.uuid,
  type: row.type,
  status: row.status,
  owner: row.owner,
  ...(row.expires_at !== null && { expires_at: dateOf(row.expires_at) }),
  created_at: dateOf(row.created_at),
  updated_at: dateOf(row.updated_at ?? row.created_at),
  self: `/v2/tasks/${row.uuid}`,
  schema: "/v2/schemas/task",
});

export const fullBody = ({ row, info: { input, result, message } }: Task): JsonObject => ({
  ...briefBody(row),
  input,
  ...(result !== null && { result }),
  message,
});
