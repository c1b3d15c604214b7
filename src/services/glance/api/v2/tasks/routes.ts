/**
 * Tasks, which go on when their request has been answered; the only type is `import`. The greenthreads that do
 * them are not counted. Upstream: glance/api/v2/tasks.py, glance/async at 2014.2.
 */
import { HttpFault, respond, type HttpRequest } from "../../../../../http/index.js";
import type { Op } from "../../../../../kernel/index.js";
import {
  isObject,
  isUuidLike,
  PythonTypeError,
  textOf,
  type JsonObject,
} from "../../../../../python/index.js";
import type { ImageContext } from "../../../context.js";
import { NotFound } from "../../../exception.js";
import { barePage } from "../../../faults.js";
import type { GlanceApp } from "../../app.js";
import { route } from "../../policy.js";
import { asFaults } from "../faults.js";
import { limitOf, pagesOf, sortDirOf } from "../list.js";
import { runImport } from "./import.js";
import { validateTask } from "./schema.js";
import {
  advanceTask,
  briefBody,
  createTask,
  findTask,
  fullBody,
  listTasks,
  notifyTask,
  type Task,
  type TaskQuery,
} from "./task.js";

const TASKS = "/v2/tasks";
const ONE = `${TASKS}/{id}`;

const STATUSES = ["pending", "processing", "success", "failure"];

export const v2TaskRoutes = [
  route("GET", TASKS, "get_tasks", function* ({ app, ctxt, request: { query } }) {
    const asked = queryOf(app, query);
    const list = function* () {
      return listTasks(app, ctxt, asked);
    };
    const page = yield* asFaults(list(), (error) =>
      error instanceof NotFound ? new HttpFault(400, error.message) : error,
    );
    return respond(200, {
      tasks: page.map(briefBody),
      ...pagesOf(TASKS, query, page, asked.limit),
      schema: "/v2/schemas/tasks",
    });
  }),
  route("POST", TASKS, "add_task", function* ({ app, ctxt, request }) {
    const task = yield* asFaults(begun(app, ctxt, request));
    return respond(201, fullBody(task), { location: `${app.base}${TASKS}/${task.row.uuid}` });
  }),
  route("GET", ONE, "get_task", function* ({ app, ctxt, params: { id } }) {
    const found = function* () {
      return findTask(app, ctxt, id);
    };
    return respond(200, fullBody(yield* asFaults(found())));
  }),
  route("DELETE", ONE, null, function* ({ request }) {
    const message =
      "This operation is currently not permitted on Glance Tasks. They are auto deleted after " +
      "reaching the time based on their expires_at property.";
    return barePage(405, message, request, { allow: "GET" });
  }),
];

/** The task as it was before it began. @throws HttpFault 400 */
function* begun(app: GlanceApp, ctxt: ImageContext, { body }: HttpRequest): Op<Task> {
  if (body === null) throw new HttpFault(400, "Body expected in request");
  if (typeof body === "number" || typeof body === "boolean") {
    throw new PythonTypeError("argument is not iterable");
  }
  const asked: JsonObject = isObject(body) ? body : {};
  for (const key of ["type", "input"]) {
    if (!Object.hasOwn(asked, key)) throw new HttpFault(400, `Task '${key}' is required`);
  }
  validateTask(asked);
  const input = asked["input"];
  const task = createTask(app, ctxt, textOf(asked, "type"), isObject(input) ? input : {});
  const { uuid } = task.row;
  yield* notifyTask(app, ctxt, "task.create", task.row);
  yield* notifyTask(app, ctxt, "task.run", task.row);
  yield* advanceTask(app, ctxt, task, "processing");
  app.env.log(
    "info",
    `Eventlet executor picked up the execution of task ID ${uuid} of task type import`,
  );
  app.env.spawn("run_task", runImport(app, ctxt, uuid));
  return task;
}

/** @throws HttpFault 400 */
function queryOf({ flags }: GlanceApp, query: HttpRequest["query"]): TaskQuery {
  const sortDir = sortDirOf(query);
  const status = query.get("status");
  if (status && !STATUSES.includes(status)) {
    throw new HttpFault(400, `Invalid status value: ${status}`);
  }
  const type = query.get("type");
  if (type && type !== "import") throw new HttpFault(400, `Invalid type value: ${type}`);
  const marker = query.get("marker");
  if (marker && !isUuidLike(marker)) throw new HttpFault(400, "Invalid marker format");
  const own = ["limit", "marker", "sort_dir", "sort_key", "deleted"];
  return {
    filters: query
      .names()
      .filter((name) => !own.includes(name))
      .map((name) => [name, query.get(name) ?? ""] as const),
    marker,
    limit: limitOf(query.get("limit"), flags),
    sortKey: query.get("sort_key") ?? "created_at",
    sortDir,
  };
}
