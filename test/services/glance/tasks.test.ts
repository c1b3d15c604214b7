/**
 * Tasks of v2: glance/api/v2/tasks.py, glance/domain/__init__.py (Task),
 * glance/common/scripts/image_import/main.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { seconds } from "../../../src/kernel/index.js";
import type { TokenBearer } from "../../../src/services/glance/client/index.js";
import { ImageBed, MB } from "./bed.js";

const said = ({ body }: { readonly body: unknown }): unknown =>
  typeof body === "string" ? body.split("\n\n")[1] : body;

const INPUT = {
  import_from: "http://controller:8088/cirros.img",
  import_from_format: "qcow2",
  image_properties: { name: "imported", visibility: "private", tags: ["x"], colour: "red" },
};

const post = (bed: ImageBed, body: unknown, bearer: TokenBearer = bed.demo) =>
  bed.as(bearer, "POST", "/v2/tasks", { body });

/** A task of that input, and how it looks when it has ended. */
function ended(bed: ImageBed, input: unknown) {
  const { id } = post(bed, { type: "import", input }).body as { id: string };
  bed.wait(seconds(60));
  return bed.as(bed.demo, "GET", `/v2/tasks/${id}`).body as Record<string, unknown>;
}

function mirrored(options: ConstructorParameters<typeof ImageBed>[0] = {}): ImageBed {
  const bed = new ImageBed(options);
  bed.startMirror({ "cirros.img": 100 * MB });
  return bed;
}

describe("POST /v2/tasks", () => {
  it("answers with the task as it was before it began, and does it afterwards", () => {
    const bed = mirrored();
    const { status, headers, body } = post(bed, { type: "import", input: INPUT });
    const { id } = body as { id: string };
    expect([status, headers["location"]]).toEqual([201, `http://controller:9292/v2/tasks/${id}`]);
    expect(body).toEqual({
      id,
      type: "import",
      status: "pending",
      owner: bed.project("demo"),
      input: INPUT,
      message: "",
      created_at: expect.stringMatching(/Z$/),
      updated_at: expect.stringMatching(/Z$/),
      self: `/v2/tasks/${id}`,
      schema: "/v2/schemas/task",
    });
    const show = () => bed.as(bed.demo, "GET", `/v2/tasks/${id}`).body as Record<string, unknown>;
    expect(show()["status"]).toBe("processing");
    bed.wait(seconds(60));
    const done = show();
    expect(done).toMatchObject({
      status: "success",
      result: { image_id: expect.any(String) },
      expires_at: expect.stringMatching(/^2014-09-20T/),
    });
    // What every image has was taken out of the input.
    expect(done["input"]).toMatchObject({ image_properties: { colour: "red" } });
    expect((done["input"] as typeof INPUT).image_properties).not.toHaveProperty("name");
  });

  it("its image is active and has no data that anybody finds (#1420696)", () => {
    const bed = mirrored();
    const { image_id: image } = ended(bed, INPUT)["result"] as { image_id: string };
    const { body } = bed.as(bed.demo, "GET", `/v2/images/${image}`);
    expect(body).toMatchObject({
      ...{ name: "imported", status: "active", size: 100 * MB, colour: "red", tags: ["x"] },
      ...{ disk_format: "qcow2", container_format: "ovf" },
    });
    expect([
      bed.statuses(image),
      bed.as(bed.demo, "GET", `/v2/images/${image}/file`).status,
    ]).toEqual([["queued", "saving", "active"], 204]);
    bed.as(bed.demo, "DELETE", `/v2/images/${image}`);
    expect(bed.files.used).toBe(100 * MB);
  });

  it("is announced before each step, and expires now as long as it does not expire", () => {
    const bed = mirrored({ notify: true });
    ended(bed, INPUT);
    const events = bed
      .of<{ kind: "notification"; event_type: string; payload: Record<string, unknown> }>(
        "notification",
      )
      .filter(({ event_type }) => event_type.startsWith("task."))
      .map(({ event_type, payload }) => [event_type, payload["status"]]);
    expect(events).toEqual([
      ["task.create", "pending"],
      ["task.run", "pending"],
      ["task.processing", "pending"],
      ["task.success", "processing"],
    ]);
  });

  it.each([
    [{}, "<class 'glance.common.exception.Invalid'>: Input does not contain 'import_from' field"],
    [
      { ...INPUT, import_from: "" },
      "<class 'glance.common.exception.BadStoreUri'>: Invalid location: ",
    ],
    [
      { ...INPUT, import_from: "file:///etc/passwd" },
      "<type 'exceptions.StandardError'>: File based imports are not allowed. Please use a " +
        "non-local source of image data.",
    ],
    [
      { ...INPUT, import_from: "ftp://x/y" },
      "<class 'urllib2.URLError'>: <urlopen error The given uri is not valid. Please specify a " +
        "valid uri from the following list of supported uri ['http']>",
    ],
    [
      { ...INPUT, import_from: "http://controller:8088/cirrus.img" },
      "<class 'urllib2.HTTPError'>: HTTP Error 404: Not Found",
    ],
    [
      { ...INPUT, image_properties: { status: "active" } },
      "<class 'glance.common.exception.ReadonlyProperty'>: Attribute 'status' is read-only.",
    ],
    [
      { ...INPUT, image_properties: { visibility: "public" } },
      "<class 'glance.common.exception.Forbidden'>: You are not authorized to complete this action.",
    ],
    [
      { ...INPUT, image_properties: 5 },
      "<type 'exceptions.AttributeError'>: 'int' object has no attribute 'pop'",
    ],
    [
      { ...INPUT, image_properties: { id: "x" } },
      "<type 'exceptions.TypeError'>: new_image() got unexpected keywords [u'id']",
    ],
  ])("with %j ends in failure, which its message tells", (input, message) => {
    const task = ended(mirrored(), input);
    expect([task["status"], task["message"]]).toEqual(["failure", `Error: ${message}`]);
  });

  it("a source that is not there leaves the image in saving", () => {
    const bed = mirrored();
    ended(bed, { ...INPUT, import_from: "http://controller:8088/cirrus.img" });
    expect(bed.images.images.find().map(({ status }) => status)).toEqual(["saving"]);
  });

  it("one is done after the other", () => {
    const bed = mirrored();
    for (let n = 0; n < 2; n++) post(bed, { type: "import", input: INPUT });
    bed.wait(seconds(15));
    const { tasks } = bed.as(bed.demo, "GET", "/v2/tasks?sort_dir=asc").body as {
      tasks: { status: string }[];
    };
    expect(tasks.map(({ status }) => status)).toEqual(["success", "processing"]);
  });

  it.each([
    [null, "Body expected in request"],
    [{}, "Task 'type' is required"],
    [{ type: "import" }, "Task 'input' is required"],
    [
      { type: "export", input: {} },
      "Provided object does not match schema 'task': u'export' is not one of ['import']",
    ],
    [
      { type: "import", input: 5 },
      "Provided object does not match schema 'task': 5 is not of type 'object'",
    ],
    [
      { type: "import", input: {}, __proto__x: 1 },
      "Provided object does not match schema 'task': Additional properties are not allowed " +
        "(u'__proto__x' was unexpected)",
    ],
  ])("refuses %j", (body, text) => {
    const answer = post(new ImageBed(), body);
    expect([answer.status, said(answer)]).toEqual([400, text]);
  });
});

describe("GET /v2/tasks", () => {
  it("shows each tenant its own, and an admin all, without input, result and message", () => {
    const bed = mirrored();
    post(bed, { type: "import", input: INPUT });
    post(bed, { type: "import", input: INPUT }, bed.other);
    const list = (bearer: TokenBearer) =>
      bed.as(bearer, "GET", "/v2/tasks").body as { tasks: Record<string, unknown>[] };
    expect([bed.demo, bed.other, bed.admin].map((one) => list(one).tasks.length)).toEqual([
      1, 1, 2,
    ]);
    const [task] = list(bed.demo).tasks;
    expect(["input", "result", "message"].filter((key) => key in task!)).toEqual([]);
  });

  it("pages and sorts as images do", () => {
    const bed = mirrored();
    for (let n = 0; n < 3; n++) post(bed, { type: "import", input: INPUT });
    const page = (path: string) =>
      bed.as(bed.demo, "GET", path).body as {
        tasks: { id: string }[];
        first: string;
        next: string;
      };
    const first = page("/v2/tasks?limit=2&type=import");
    const second = page(first.next);
    expect([first.tasks.length, second.tasks.length, second.next]).toEqual([2, 1, undefined]);
    expect(first.next).toMatch(/^\/v2\/tasks\?.*marker=/);
  });

  it.each([
    ["?status=foo", "Invalid status value: foo"],
    ["?type=foo", "Invalid type value: foo"],
    ["?marker=foo", "Invalid marker format"],
    ["?sort_dir=up", "Invalid sort direction: up"],
    ["?sort_key=colour", "Sort key supplied was not valid."],
    ["?limit=x", "limit param must be an integer"],
    [
      "?marker=11111111-1111-1111-1111-111111111111",
      "Task with the given id 11111111-1111-1111-1111-111111111111 was not found",
    ],
  ])("refuses %s", (query, text) => {
    const bed = new ImageBed();
    const answer = bed.as(bed.demo, "GET", `/v2/tasks${query}`);
    expect([answer.status, said(answer)]).toEqual([400, text]);
  });

  it("another's is not found, and none is deleted", () => {
    const bed = mirrored();
    const { id } = post(bed, { type: "import", input: INPUT }).body as { id: string };
    const one = bed.as(bed.other, "GET", `/v2/tasks/${id}`);
    const gone = bed.as(bed.demo, "DELETE", `/v2/tasks/${id}`);
    expect([one.status, said(one), gone.status, gone.headers["allow"], said(gone)]).toEqual([
      404,
      `Could not find task ${id}`,
      405,
      "GET",
      "This operation is currently not permitted on Glance Tasks. They are auto deleted after " +
        "reaching the time based on their expires_at property.",
    ]);
  });

  it("schemas say what a task is, one and in a list", () => {
    const bed = new ImageBed();
    const schema = (name: string) =>
      bed.as(bed.demo, "GET", `/v2/schemas/${name}`).body as {
        properties: Record<string, { items: { properties: object } }>;
      };
    expect(Object.keys(schema("task").properties).sort()).toEqual([
      ...["created_at", "expires_at", "id", "input", "message", "owner", "result", "schema"],
      ...["self", "status", "type", "updated_at"],
    ]);
    const items = schema("tasks").properties["tasks"]!.items;
    expect(Object.keys(items.properties)).not.toContain("input");
  });
});
