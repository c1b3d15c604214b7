/**
 * What becomes of images when something fails: other-services §2.5, row by row; glance/api/v1/upload_utils.py,
 * glance/api/v2/image_data.py, glance/notifier.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { HttpServer, respond, type HttpRequest } from "../../../src/http/index.js";
import { seconds } from "../../../src/kernel/index.js";
import { GlanceConnectionFailed } from "../../../src/services/cinder/exception.js";
import { ImageService } from "../../../src/services/cinder/image/image-service.js";
import { RequestContext } from "../../../src/framework/index.js";
import { ImageBed, MB } from "./bed.js";

const OCTETS = { "content-type": "application/octet-stream" };
const FORMATS = { name: "snap", disk_format: "qcow2", container_format: "bare" };
/** A store that nobody has set up: there is no Swift. */
const NO_STORE = { flags: { stores: "file,swift", default_store: "swift" }, notify: true };

const said = ({ body }: { readonly body: unknown }): unknown =>
  typeof body === "string" ? body.split("\n\n")[1] : body;

function queued(bed: ImageBed, version: "v1" | "v2"): string {
  if (version === "v1") return bed.run(bed.client.create(bed.demo, FORMATS)).id;
  return (bed.as(bed.demo, "POST", "/v2/images", { body: FORMATS }).body as { id: string }).id;
}

const dataPath = (version: "v1" | "v2", id: string): string =>
  version === "v1" ? `/v1/images/${id}` : `/v2/images/${id}/file`;

const put = (bed: ImageBed, path: string, bytes: number) =>
  bed.as(bed.demo, "PUT", path, { headers: OCTETS, body: { $data: { bytes } } });

/** What was announced as an error. */
const errors = (bed: ImageBed): unknown[] =>
  bed
    .of<{ kind: "notification"; priority: string; payload: unknown }>("notification")
    .filter(({ priority }) => priority === "ERROR")
    .map(({ payload }) => payload);

/** A PUT of data that takes ten seconds, whose sender can be halted. */
function sending(bed: ImageBed, path: string) {
  const op = bed.http.request("PUT", `http://controller:9292${path}`, {
    headers: { ...OCTETS, "x-auth-token": bed.demo.auth_token! },
    body: { $data: { bytes: MB, duration: seconds(10) } },
  });
  return bed.kernel.spawn(op, { name: "upload", actor: "sender", awaited: true });
}

describe("other-services §2.5 row 1: the registry is down", () => {
  it("every request of v1 is a 500, also one that changes nothing; v2 works in full", () => {
    const bed = new ImageBed();
    const id = bed.uploaded();
    bed.crash(bed.registry.process, bed.registry.env);
    const v1 = (method: string, path: string) => bed.as(bed.demo, method, `/v1${path}`).status;
    expect([
      v1("GET", "/images"),
      v1("GET", "/images/detail"),
      v1("HEAD", `/images/${id}`),
      v1("GET", `/images/${id}`),
      v1("POST", "/images"),
      v1("PUT", `/images/${id}`),
      v1("DELETE", `/images/${id}`),
      v1("GET", `/images/${id}/members`),
    ]).toEqual(Array(8).fill(500));
    const other = queued(bed, "v2");
    expect([
      put(bed, dataPath("v2", other), MB).status,
      bed.as(bed.demo, "GET", dataPath("v2", other)).status,
      bed.as(bed.demo, "DELETE", `/v2/images/${other}`).status,
    ]).toEqual([204, 200, 204]);
  });

  it("dies in the middle of an upload: nothing can be written, and the image stays saving", () => {
    const bed = new ImageBed();
    const id = queued(bed, "v1");
    const upload = sending(bed, dataPath("v1", id));
    bed.wait(seconds(5));
    bed.crash(bed.registry.process, bed.registry.env);
    bed.kernel.settle();
    expect([upload.result.status, bed.status(id)]).toEqual([500, "saving"]);
  });
});

describe("other-services §2.5 row 2: the store fails", () => {
  it("v1: the image is killed, the answer is a 500, and an error is announced", () => {
    const bed = new ImageBed(NO_STORE);
    const id = queued(bed, "v1");
    const answer = put(bed, dataPath("v1", id), MB);
    const text = `Failed to upload image ${id}`;
    expect([answer.status, said(answer), bed.statuses(id), errors(bed)]).toEqual([
      500,
      text,
      ["queued", "saving", "killed"],
      [text],
    ]);
  });

  it("v2: the image is queued again, the answer is a 500 without a word, and can be tried again", () => {
    const bed = new ImageBed(NO_STORE);
    const id = queued(bed, "v2");
    const answer = put(bed, dataPath("v2", id), MB);
    expect([answer.status, answer.body, bed.statuses(id)]).toEqual([
      500,
      "",
      ["queued", "saving", "queued"],
    ]);
    expect(errors(bed)).toEqual([
      expect.stringMatching(`^Failed to upload image data for image ${id} due to internal error: `),
    ]);
  });

  it("v1 and v2: a full disk is a 413 that says None (glance_store 0.1.8 exceptions.py keeps its texts to itself)", () => {
    const bed = new ImageBed({ notify: true });
    const text = "Image storage media is full: None";
    for (const version of ["v1", "v2"] as const) {
      const id = queued(bed, version);
      const answer = put(bed, dataPath(version, id), 2_000 * MB);
      const end = version === "v1" ? "killed" : "queued";
      expect([answer.status, said(answer), bed.status(id)]).toEqual([413, text, end]);
    }
    expect(errors(bed)).toEqual([text, text]);
  });

  it("v2: data that somebody else has left at its place is a 500: no store's Duplicate is Glance's", () => {
    const bed = new ImageBed();
    const id = queued(bed, "v2");
    bed.files.set(`/var/lib/glance/images/${id}`, { bytes: 1, checksum: "0" });
    expect([put(bed, dataPath("v2", id), MB).status, bed.status(id)]).toEqual([500, "queued"]);
  });
});

describe("other-services §2.5 row 3: the data is gone from the store", () => {
  it.each(["v1", "v2"] as const)("%s: a download is a 500 (#1198566)", (version) => {
    const bed = new ImageBed();
    const id = bed.uploaded();
    bed.files.delete(`/var/lib/glance/images/${id}`);
    expect([
      bed.as(bed.demo, "GET", dataPath(version, id)).status,
      bed.as(bed.demo, "HEAD", `/v1/images/${id}`).headers["x-image-meta-status"],
      bed.as(bed.demo, "DELETE", `/v1/images/${id}`).status,
    ]).toEqual([500, "active", 200]);
  });
});

describe("other-services §2.5 row 4: who sends the data dies", () => {
  it("v1: the image is killed by nobody's answer of 400, its part is removed, nothing is announced", () => {
    const bed = new ImageBed({ notify: true });
    const id = queued(bed, "v1");
    const upload = sending(bed, dataPath("v1", id));
    bed.wait(seconds(5));
    const before = bed.status(id);
    upload.halt();
    bed.wait(seconds(1));
    expect([before, bed.status(id), bed.files.used, errors(bed)]).toEqual([
      "saving",
      "killed",
      0,
      [],
    ]);
    expect(bed.files.get(`/var/lib/glance/images/${id}`)).toBeUndefined();
  });

  it("v2: the image is queued again, and that is announced as an error", () => {
    const bed = new ImageBed({ notify: true });
    const id = queued(bed, "v2");
    const upload = sending(bed, dataPath("v2", id));
    bed.wait(seconds(5));
    upload.halt();
    bed.wait(seconds(1));
    expect([bed.statuses(id), errors(bed)]).toEqual([
      ["queued", "saving", "queued"],
      [`Cannot save data for image ${id}: invalid literal for int() with base 16: ''`],
    ]);
  });

  it.each(["v1", "v2"] as const)(
    "%s: glance-api dies instead: saving for ever, with its part on the disk",
    (version) => {
      const bed = new ImageBed();
      const id = queued(bed, version);
      const upload = sending(bed, dataPath(version, id));
      bed.wait(seconds(5));
      bed.restartApi();
      bed.wait(seconds(3000));
      const again = put(bed, dataPath(version, id), MB).status;
      expect([upload.failed, bed.status(id), again]).toEqual([true, "saving", 409]);
      expect(bed.files.get(`/var/lib/glance/images/${id}`)).toMatchObject({ bytes: 0 });
    },
  );
});

describe("other-services §2.5 row 5: limits", () => {
  it("image_size_cap: v1 looks at what is announced, v2 calls it a quota", () => {
    const bed = new ImageBed({ flags: { image_size_cap: MB } });
    const [first, second] = [queued(bed, "v1"), queued(bed, "v2")];
    const one = put(bed, dataPath("v1", first), MB + 1);
    const two = put(bed, dataPath("v2", second), MB + 1);
    expect([one.status, said(one), bed.status(first)]).toEqual([
      400,
      "Denying attempt to upload image larger than 1000000 bytes.",
      "queued",
    ]);
    expect([two.status, said(two), bed.status(second)]).toEqual([
      413,
      "Image exceeds the storage quota: The size of the data 1000001 will exceed the limit. " +
        "None bytes remaining.",
      "queued",
    ]);
  });

  it("user_storage_quota: killed in v1, queued again in v2, and both are announced", () => {
    const bed = new ImageBed({ flags: { user_storage_quota: "1MB" }, notify: true });
    const [first, second] = [queued(bed, "v1"), queued(bed, "v2")];
    const bytes = 2 * 1_048_576;
    const full = `The size of the data ${String(bytes)} will exceed the limit. 1048576 bytes remaining.`;
    const one = put(bed, dataPath("v1", first), bytes);
    const two = put(bed, dataPath("v2", second), bytes);
    expect([one.status, bed.status(first), two.status, said(two), bed.status(second)]).toEqual([
      413,
      "killed",
      413,
      `Image exceeds the storage quota: ${full}`,
      "queued",
    ]);
    expect(errors(bed)[1]).toBe(
      `Failed to upload image data for image ${second} due to internal error: ${full}`,
    );
  });

  it("128 properties, tags and members, and no more", () => {
    const bed = new ImageBed();
    const names = Array.from({ length: 129 }, (_, n) => `k${String(n)}`);
    const properties = Object.fromEntries(names.map((name) => [name, "v"]));
    const tooMany = (body: object) =>
      bed.as(bed.demo, "POST", "/v2/images", { body: { ...FORMATS, ...body } }).status;
    const headers = Object.fromEntries(names.map((name) => [`x-image-meta-property-${name}`, "v"]));
    const id = queued(bed, "v1");
    const memberships = names.map((member_id) => ({ member_id }));
    expect([
      tooMany(properties),
      tooMany({ tags: names }),
      bed.as(bed.demo, "POST", "/v1/images", { headers }).status,
      bed.as(bed.demo, "PUT", `/v1/images/${id}/members`, { body: { memberships } }).status,
      bed.as(bed.demo, "PUT", `/v1/images/${id}/members`, {
        body: { memberships: memberships.slice(1) },
      }).status,
      bed.as(bed.demo, "POST", `/v2/images/${id}/members`, { body: { member: "one more" } }).status,
    ]).toEqual([413, 413, 413, 413, 204, 413]);
  });
});

describe("other-services §2.5 row 7: Cinder as a client", () => {
  const show = (flags: object, status: number | undefined) => {
    const bed = new ImageBed();
    const asked: string[] = [];
    if (status !== undefined) {
      const application = function* ({ method, path }: HttpRequest) {
        asked.push(`${method} ${path}`);
        return respond(status, "no");
      };
      new HttpServer(bed.network, { actor: "g", address: "g:9292", application }).start();
    }
    const env = bed.env("cinder-volume", {
      flags: { glance_api_servers: ["http://g:9292"], ...flags },
    });
    const ctxt = new RequestContext({
      request_id: "req-1",
      auth_token: bed.demo.auth_token,
    });
    expect(() => bed.run(new ImageService(env).show(ctxt, "x"))).toThrow(GlanceConnectionFailed);
    const attempts = bed.requests("cinder-volume@controller").length;
    return { asked, attempts };
  };

  it("asks v1, once where nothing says otherwise, and calls it GlanceConnectionFailed", () => {
    expect(show({}, undefined).attempts).toBe(1);
    expect(show({}, 503).asked).toEqual(["HEAD /v1/images/x"]);
  });

  it("asks as often again as glance_num_retries says", () => {
    expect(show({ glance_num_retries: 2 }, undefined).attempts).toBe(3);
  });
});
