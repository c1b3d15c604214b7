/** Laws of Glance's v1 API, as Nova uses it: other-services §2. */
import { describe, expect, it } from "vitest";
import { milliseconds, seconds } from "../../../src/kernel/index.js";
import { seedImage } from "../../../src/services/glance/seed.js";
import { ImageBed, MB } from "./bed.js";

const FORMATS = { disk_format: "qcow2", container_format: "bare" };

const REGISTRY = "glance-registry@controller";

describe("other-services §2.4: the upload of a snapshot", () => {
  it("goes queued, saving, active, each written through the registry", () => {
    const bed = new ImageBed();
    const { client, demo } = bed;
    const made = bed.run(client.create(demo, { name: "snap", is_public: false, ...FORMATS }));
    const before = bed.requests("glance-api@controller").length;
    const { id } = made;
    const done = bed.run(client.upload(demo, id, { properties: { a: "b" } }, 50 * MB, 100 * MB));
    expect([made.status, done.status, done.size, bed.statuses(id)]).toEqual([
      "queued",
      "active",
      50 * MB,
      ["queued", "saving", "active"],
    ]);
    expect(bed.requests("glance-api@controller").slice(before)).toEqual([
      `GET ${REGISTRY}/images/${id}`,
      `PUT ${REGISTRY}/images/${id}`,
      // Read again for its formats (glance/api/v1/images.py, _validate_image_for_activation).
      `GET ${REGISTRY}/images/${id}`,
      `PUT ${REGISTRY}/images/${id}`,
      `PUT ${REGISTRY}/images/${id}`,
      `PUT ${REGISTRY}/images/${id}`,
    ]);
  });

  it("announces each step, the last update twice, from image.localhost", () => {
    const bed = new ImageBed({ notify: true });
    bed.forget();
    const id = bed.uploaded();
    bed.run(bed.client.download(bed.demo, id, MB));
    bed.run(bed.client.delete(bed.demo, id));
    const sent = bed
      .of<{ kind: "notification"; event_type: string; publisher_id: string }>("notification")
      .map(({ publisher_id, event_type }) => `${publisher_id} ${event_type}`)
      .filter((line) => !line.endsWith("identity.authenticate"));
    const steps = ["create", "prepare", "upload", "activate", "update", "update", "send", "delete"];
    expect(sent).toEqual(steps.map((step) => `image.localhost image.${step}`));
  });

  it("takes as long as its data, and the image is saving all the while", () => {
    const bed = new ImageBed();
    const { client, demo } = bed;
    const { id } = bed.run(client.create(demo, FORMATS));
    const began = bed.kernel.now;
    bed.meanwhile(client.upload(demo, id, {}, 100 * MB, 10 * MB));
    bed.wait(seconds(9.9));
    const during = bed.status(id);
    bed.kernel.settle();
    const took = bed.kernel.now - began;
    expect([during, bed.status(id), took > seconds(10), took < seconds(10.3)]).toEqual([
      "saving",
      "active",
      true,
      true,
    ]);
  });

  it("is active at once, without data, if its size is said to be 0", () => {
    const bed = new ImageBed();
    const made = bed.run(bed.client.create(bed.demo, { name: "of a volume", size: 0 }));
    expect(made.status).toBe("active");
  });
});

describe("other-services §2.2: what an upload cannot do", () => {
  it("two race: both are saving, the second finds the file and kills the image under the first", () => {
    const bed = new ImageBed();
    const { client, demo } = bed;
    const { id } = bed.run(client.create(demo, FORMATS));
    const failures: string[] = [];
    bed.meanwhile(
      (function* () {
        try {
          yield* client.upload(demo, id, {}, 100 * MB, 10 * MB);
        } catch (error) {
          failures.push((error as Error).message);
        }
      })(),
    );
    const failure = bed.failure(client.upload(demo, id, {}, MB, 10 * MB));
    bed.kernel.settle();
    expect([failure, failures, bed.status(id), bed.files.used]).toEqual([
      "HTTPInternalServerError",
      [expect.stringContaining("Attempt to upload duplicate image: Image operation conflicts")],
      "killed",
      100 * MB,
    ]);
  });

  it("data for an image that is being saved is a conflict", () => {
    const bed = new ImageBed();
    const { client, demo } = bed;
    const { id } = bed.run(client.create(demo, FORMATS));
    bed.meanwhile(client.upload(demo, id, {}, 100 * MB, 10 * MB));
    bed.wait(seconds(1));
    const failure = bed.failure(client.upload(demo, id, {}, MB, 10 * MB));
    bed.kernel.settle();
    expect([failure, bed.status(id)]).toEqual(["HTTPConflict", "active"]);
  });

  it("deleted meanwhile: the upload ends with 412 and leaves no data behind", () => {
    const bed = new ImageBed();
    const { client, demo } = bed;
    const { id } = bed.run(client.create(demo, FORMATS));
    const answers: number[] = [];
    bed.meanwhile(
      (function* () {
        const response = yield* bed.http.request("PUT", `http://controller:9292/v1/images/${id}`, {
          headers: {
            "x-auth-token": demo.auth_token!,
            "content-type": "application/octet-stream",
          },
          body: { $data: { bytes: 100 * MB, duration: seconds(10) } },
        });
        answers.push(response.status);
      })(),
    );
    bed.wait(seconds(5));
    bed.run(client.delete(demo, id));
    bed.kernel.settle();
    expect([answers, bed.status(id), bed.files.used]).toEqual([[412], "deleted", 0]);
  });

  it("no room in the store: 413, killed, and an error is announced", () => {
    const bed = new ImageBed({ notify: true });
    const { client, demo } = bed;
    const { id } = bed.run(client.create(demo, FORMATS));
    const failure = bed.failure(client.upload(demo, id, {}, 2_000 * MB, 1_000 * MB));
    const errors = bed
      .of<{ kind: "notification"; event_type: string; priority: string }>("notification")
      .filter(({ priority }) => priority === "ERROR");
    expect([failure, bed.status(id), errors.map(({ event_type }) => event_type)]).toEqual([
      "HTTPException",
      "killed",
      ["image.upload"],
    ]);
  });

  it.each([
    ["another size than announced", { "x-image-meta-size": "5" }, 400, "killed"],
    ["another checksum than announced", { "x-image-meta-checksum": "0".repeat(32) }, 400, "killed"],
    ["no octets", { "content-type": "text/plain" }, 400, "killed"],
  ])("%s", (_what, headers, status, end) => {
    const bed = new ImageBed();
    const { id } = bed.run(bed.client.create(bed.demo, FORMATS));
    const answer = bed.as(bed.demo, "PUT", `/v1/images/${id}`, {
      headers: { "content-type": "application/octet-stream", ...headers },
      body: { $data: { bytes: MB } },
    });
    expect([answer.status, bed.status(id), bed.files.used]).toEqual([status, end, 0]);
  });

  it("a crash of glance-api leaves the image in saving for ever", () => {
    const bed = new ImageBed();
    const { id } = bed.run(bed.client.create(bed.demo, FORMATS));
    const ends: string[] = [];
    bed.meanwhile(
      (function* () {
        try {
          yield* bed.client.upload(bed.demo, id, {}, 100 * MB, 10 * MB);
        } catch (error) {
          ends.push((error as Error).name);
        }
      })(),
    );
    bed.wait(seconds(5));
    bed.restartApi();
    bed.wait(seconds(600));
    expect([ends, bed.status(id)]).toEqual([["CommunicationError"], "saving"]);
  });
});

describe("other-services §2.3: v1", () => {
  it("HEAD says everything in headers, and the client reads it back", () => {
    const bed = new ImageBed();
    const { client, demo } = bed;
    const meta = { name: "web", min_ram: 64, min_disk: 1, properties: { kernel: "k" }, ...FORMATS };
    const { id } = bed.run(client.create(demo, meta));
    const { status, headers, body } = bed.as(demo, "HEAD", `/v1/images/${id}`);
    expect([status, body, headers]).toMatchObject([
      200,
      null,
      {
        "x-image-meta-id": id,
        "x-image-meta-status": "queued",
        "x-image-meta-is_public": "False",
        "x-image-meta-property-kernel": "k",
        "x-image-meta-created_at": expect.stringMatching(/^2014-09-18T04:03:\d\d$/),
      },
    ]);
    expect(bed.run(client.get(demo, id))).toMatchObject({
      ...meta,
      id,
      owner: bed.project("demo"),
      checksum: null,
      is_public: false,
      deleted: false,
      size: 0,
    });
  });

  it("a download takes as long as its data; after a restart the data is still there", () => {
    const bed = new ImageBed();
    const id = bed.uploaded(bed.demo, 100 * MB);
    bed.restartApi();
    const began = bed.kernel.now;
    const { size } = bed.run(bed.client.download(bed.demo, id, 50 * MB));
    const took = bed.kernel.now - began;
    expect([size, took > seconds(2), took < seconds(2) + milliseconds(200)]).toEqual([
      100 * MB,
      true,
      true,
    ]);
  });

  it("data of an image that is not active is not found; of one whose file is gone, 500 (#1198566)", () => {
    const bed = new ImageBed();
    const { client, demo } = bed;
    const { id } = bed.run(client.create(demo, FORMATS));
    const lost = bed.uploaded();
    bed.files.delete(`/var/lib/glance/images/${lost}`);
    const failures = [id, lost].map((each) => bed.failure(client.download(demo, each, MB)));
    expect(failures).toEqual(["HTTPNotFound", "HTTPInternalServerError"]);
  });

  it("a private image does not exist for other tenants, unless it is shared with them", () => {
    const bed = new ImageBed();
    const { client, demo, other } = bed;
    const id = bed.uploaded(demo);
    const path = `/v1/images/${id}/members/${bed.project("other")}`;
    const before = bed.failure(client.get(other, id));
    const status = bed.as(demo, "PUT", path).status;
    const shared = bed.run(client.get(other, id)).id;
    const change = bed.failure(client.update(other, id, { name: "mine" }));
    bed.as(demo, "DELETE", path);
    const after = bed.run(client.list(other));
    expect([before, status, shared, change, after]).toEqual([
      "HTTPNotFound",
      204,
      id,
      // Not its own, and not public: the registry says that it is not there.
      "HTTPNotFound",
      [],
    ]);
  });

  it("a list shows what is public and one's own, page by page; an admin may ask for all", () => {
    const bed = new ImageBed();
    const { client, demo, other, admin } = bed;
    for (let n = 0; n < 21; n++) {
      const name = `public ${n}`;
      seedImage(bed.images, bed.files, { name, size: MB });
    }
    const own = bed.uploaded(demo);
    const counts = [
      bed.run(client.list(demo)).length,
      bed.run(client.list(other)).length,
      bed.run(client.list(admin)).length,
      bed.run(client.list(admin, { is_public: "none" })).length,
      bed.run(client.list(demo, { name: "public 7" })).length,
    ];
    expect([counts, bed.run(client.list(demo))[0]!.id]).toEqual([[22, 21, 21, 22, 1], own]);
  });

  it("a list can begin after an image and end after a number of them", () => {
    const bed = new ImageBed();
    const { client, demo } = bed;
    const ids = ["a", "b", "c", "d"]
      .map((name) => seedImage(bed.images, bed.files, { name, size: MB }).uuid)
      // Made at one moment, they come by their ids.
      .sort()
      .reverse();
    const page = bed.run(client.list(demo, {}, { marker: ids[0], limit: 2, pageSize: 1 }));
    const sorted = bed.run(client.list(demo, { sort_key: "name", sort_dir: "asc" }));
    expect([page.map(({ id }) => id), sorted.map(({ name }) => name).join("")]).toEqual([
      ids.slice(1, 3),
      "abcd",
    ]);
  });

  it.each(["no such image", "a?b=c", "a/../b", "50%"])("an image called %j is not found", (id) => {
    const bed = new ImageBed();
    expect(bed.failure(bed.client.get(bed.demo, id))).toBe("HTTPNotFound");
  });

  it("a PUT purges the properties that it does not name, unless it is told not to", () => {
    const bed = new ImageBed();
    const { client, demo } = bed;
    const { id } = bed.run(client.create(demo, { properties: { a: "1", b: "2" } }));
    const kept = bed.run(client.update(demo, id, { properties: { c: "3" } }));
    bed.as(demo, "PUT", `/v1/images/${id}`, { headers: { "x-image-meta-property-a": "4" } });
    expect([kept.properties, bed.run(client.get(demo, id)).properties]).toEqual([
      { a: "1", b: "2", c: "3" },
      { a: "4" },
    ]);
  });

  it("data for an image that is not queued is a conflict; the size of an active one is fixed", () => {
    const bed = new ImageBed();
    const { client, demo } = bed;
    const id = bed.uploaded();
    expect([
      bed.failure(client.upload(demo, id, {}, MB, MB)),
      bed.failure(client.update(demo, id, { size: 5 })),
      bed.failure(client.update(bed.admin, id, { size: 5 })),
    ]).toEqual(["HTTPConflict", "HTTPForbidden", "nothing"]);
  });

  it.each([
    ["an unknown disk format", { disk_format: "floppy", container_format: "bare" }],
    ["an unknown container format", { disk_format: "raw", container_format: "box" }],
    ["Amazon formats that do not match", { disk_format: "ami", container_format: "aki" }],
  ])("refuses %s with 400", (_what, meta) => {
    const bed = new ImageBed();
    expect(bed.failure(bed.client.create(bed.demo, meta))).toBe("HTTPBadRequest");
  });
});

describe("other-services §2.4: delete", () => {
  it("tells the registry first, then the store, then the registry again", () => {
    const bed = new ImageBed();
    const id = bed.uploaded();
    const before = bed.requests("glance-api@controller").length;
    bed.run(bed.client.delete(bed.demo, id));
    expect(bed.requests("glance-api@controller").slice(before)).toEqual(
      ["GET", "PUT", "DELETE"].map((method) => `${method} ${REGISTRY}/images/${id}`),
    );
    expect([bed.status(id), bed.files.used]).toEqual(["deleted", 0]);
  });

  it("is refused for protected images, and a deleted one is gone but for admins", () => {
    const bed = new ImageBed();
    const { client, demo, admin } = bed;
    const id = bed.uploaded();
    bed.run(client.update(demo, id, { protected: true }));
    const refused = bed.failure(client.delete(demo, id));
    bed.run(client.update(demo, id, { protected: false }));
    bed.run(client.delete(demo, id));
    expect([
      refused,
      bed.failure(client.get(demo, id)),
      bed.failure(client.delete(demo, id)),
      bed.run(client.get(admin, id)).deleted,
      bed.failure(client.update(admin, id, { name: "x" })),
      bed.failure(client.delete(admin, id)),
    ]).toEqual([
      "HTTPForbidden",
      "HTTPNotFound",
      "HTTPNotFound",
      true,
      "HTTPForbidden",
      "HTTPNotFound",
    ]);
  });
});

describe("other-services §2.5: failures", () => {
  it("registry down: every v1 request is a 500, and v2 does not care", () => {
    const bed = new ImageBed();
    const id = bed.uploaded();
    bed.crash(bed.registry.process, bed.registry.env);
    expect([
      bed.as(bed.demo, "HEAD", `/v1/images/${id}`).status,
      bed.as(bed.demo, "GET", "/v1/images").status,
      bed.as(bed.demo, "GET", `/v2/images/${id}`).status,
    ]).toEqual([500, 500, 200]);
  });

  it("glance-api down: the client says so", () => {
    const bed = new ImageBed();
    bed.crash(bed.api.process, bed.api.env);
    expect(bed.failure(bed.client.get(bed.demo, "x"))).toBe("CommunicationError");
  });

  // etc/glance-api-paste.ini at 2014.2 sets delay_auth_decision; glance/api/middleware/context.py refuses.
  it("other-services §1.3 (delay_auth_decision): a stranger gets as far as Glance, which says where tokens are had", () => {
    const bed = new ImageBed();
    const answers = ["/v1/images", "/v2/images"].map((path) =>
      bed.ask("GET", `http://controller:9292${path}`, undefined, { "x-auth-token": "bad" }),
    );
    for (const { status, headers, body } of answers) {
      expect(status).toBe(401);
      expect(headers["www-authenticate"]).toBe("Keystone uri='http://controller:5000'");
      expect(JSON.stringify(body)).toContain(
        "This server could not verify that you are authorized",
      );
    }
  });

  it("other-services §1.3: without a good token Glance itself answers 401; registry and API both ask Keystone", () => {
    const bed = new ImageBed();
    const refused = bed.failure(bed.client.get({ auth_token: "bad" }, "x"));
    bed.run(bed.client.list(bed.demo));
    const asked = ["glance-api@controller", "glance-registry@controller"].map((from) =>
      bed.requests(from).filter((line) => line.endsWith("/v3/auth/tokens")),
    );
    expect([refused, asked.map(({ length }) => length)]).toEqual(["HTTPUnauthorized", [2, 1]]);
  });
});
