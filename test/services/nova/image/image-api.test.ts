/** Images in Nova's words: nova/image/glance.py; other-services §2.3, §2.5. */
import { beforeEach, describe, expect, test } from "vitest";
import { HttpServer, respond, type Headers, type HttpRequest } from "../../../../src/http/index.js";
import type { FlagValues } from "../../../../src/framework/index.js";
import type { Op } from "../../../../src/kernel/index.js";
import { HTTPBadRequest, HTTPUnauthorized } from "../../../../src/services/glance/client/index.js";
import {
  Forbidden,
  GlanceConnectionFailed,
  ImageNotAuthorized,
  ImageNotFound,
  Invalid,
} from "../../../../src/services/nova/exception.js";
import { HTTPForbidden } from "../../../../src/services/glance/client/errors.js";
import { ImageApi } from "../../../../src/services/nova/image/api.js";
import { IMAGE, NovaBed } from "../bed.js";

const HEADERS: Headers = {
  "x-image-meta-id": IMAGE,
  "x-image-meta-name": "cirros",
  "x-image-meta-status": "active",
  "x-image-meta-size": "1000000",
  "x-image-meta-checksum": "abc",
  "x-image-meta-disk_format": "qcow2",
  "x-image-meta-container_format": "bare",
  "x-image-meta-min_disk": "1",
  "x-image-meta-min_ram": "64",
  "x-image-meta-is_public": "True",
  "x-image-meta-deleted": "False",
  "x-image-meta-property-architecture": "x86_64",
};

/** A Glance that answers as it is told, and Nova's way to it. */
class ImageBed extends NovaBed {
  readonly asked: HttpRequest[] = [];
  status = 200;
  headers: Headers = HEADERS;
  readonly images: ImageApi;

  constructor(flags: FlagValues = {}, servers: readonly string[] = ["controller:9292"]) {
    super(flags);
    for (const address of servers) {
      const application = (request: HttpRequest) => this.#answer(request);
      new HttpServer(this.network, {
        actor: `glance-api@${address}`,
        address,
        application,
      }).start();
    }
    this.images = new ImageApi(this.nova("nova-compute", "c1"));
  }

  *#answer(request: HttpRequest) {
    this.asked.push(request);
    if (this.status !== 200) return respond(this.status, "no");
    if (request.method === "HEAD") return respond(200, null, this.headers);
    if (request.method === "GET" && request.path.endsWith(IMAGE)) {
      return respond(200, { $data: { bytes: 1_000_000 } }, this.headers);
    }
    const image = { id: IMAGE, name: "made", status: "queued", properties: {} };
    return respond(200, request.method === "GET" ? { images: [image] } : { image });
  }

  /** `METHOD /path?query` of each request so far. */
  lines(): string[] {
    return this.asked.map(({ method, path, query }) => `${method} ${path}${query.toString()}`);
  }
}

let bed: ImageBed;
beforeEach(() => {
  bed = new ImageBed();
});

test("get asks with the user's token and says what Glance knows", () => {
  expect(bed.run(bed.images.get(bed.ctxt, IMAGE))).toEqual({
    id: IMAGE,
    name: "cirros",
    status: "active",
    size: 1_000_000,
    min_disk: 1,
    min_ram: 64,
    disk_format: "qcow2",
    container_format: "bare",
    checksum: "abc",
    owner: null,
    is_public: true,
    deleted: false,
    created_at: null,
    updated_at: null,
    deleted_at: null,
    properties: { architecture: "x86_64" },
  });
  expect(bed.lines()).toEqual([`HEAD /v1/images/${IMAGE}`]);
  expect(bed.asked[0]?.headers["x-auth-token"]).toBe("token");
});

test("a queued image has no formats and no checksum yet", () => {
  bed.headers = { ...HEADERS, "x-image-meta-status": "queued" };
  const { disk_format, container_format, checksum } = bed.run(bed.images.get(bed.ctxt, IMAGE));
  expect([disk_format, container_format, checksum]).toEqual([null, null, null]);
});

test("without Keystone a private image is there for its owner only", () => {
  bed.headers = {
    ...HEADERS,
    "x-image-meta-is_public": "False",
    "x-image-meta-property-owner_id": "demo",
  };
  const mine = bed.ctxt.with({ auth_token: null });
  expect(bed.run(bed.images.get(mine, IMAGE)).name).toBe("cirros");
  const other = mine.with({ project_id: "other" });
  expect(() => bed.run(bed.images.get(other, IMAGE))).toThrow(ImageNotFound);
  expect(bed.run(bed.images.get(other.elevated(), IMAGE)).name).toBe("cirros");
});

describe("errors", () => {
  const about = (images: ImageApi): readonly Op<unknown>[] => [
    images.get(bed.ctxt, IMAGE),
    images.update(bed.ctxt, IMAGE, {}),
    images.download(bed.ctxt, IMAGE, 1),
  ];

  test.each([
    [401, ImageNotAuthorized],
    [403, ImageNotAuthorized],
    [404, ImageNotFound],
    [400, Invalid],
  ])("status %i about one image is an error about that image", (status, error) => {
    bed.status = status;
    for (const op of about(bed.images)) expect(() => bed.run(op)).toThrow(error);
  });

  // nova/image/glance.py (delete) at 2014.2 translates these two alone.
  test.each([
    [404, ImageNotFound],
    [403, ImageNotAuthorized],
    [401, HTTPUnauthorized],
    [400, HTTPBadRequest],
  ])("status %i of a delete is translated for 404 and 403 only", (status, error) => {
    bed.status = status;
    expect(() => bed.run(bed.images.delete(bed.ctxt, IMAGE))).toThrow(error);
  });

  test("about no image in particular a refusal is a plain one", () => {
    bed.status = 403;
    expect(() => bed.run(bed.images.create(bed.ctxt, {}))).toThrow(Forbidden);
    // nova/image/glance.py:229 translates what `call` raises, and that has only made a generator.
    expect(() => bed.run(bed.images.detail(bed.ctxt))).toThrow(HTTPForbidden);
  });

  test("what has no word of Nova's comes as the client library raised it", () => {
    bed.status = 409;
    expect(() => bed.run(bed.images.delete(bed.ctxt, IMAGE))).toThrow(
      expect.objectContaining({ name: "HTTPConflict" }),
    );
  });
});

describe("other-services §2.5 row 6: a Glance that cannot be reached", () => {
  const unreachable = (flags: FlagValues, servers: readonly string[]): ImageBed =>
    new ImageBed(flags, servers);

  test("is asked once, and the failure names it", () => {
    bed = unreachable({}, []);
    expect(() => bed.run(bed.images.get(bed.ctxt, IMAGE))).toThrow(GlanceConnectionFailed);
    expect(() => bed.run(bed.images.get(bed.ctxt, IMAGE))).toThrow(
      "Connection to glance host controller:9292 failed",
    );
    expect(bed.of("rest.request")).toHaveLength(2);
  });

  test("is asked again every second, as often as glance_num_retries says", () => {
    bed = unreachable({ glance_num_retries: 2 }, []);
    expect(() => bed.run(bed.images.get(bed.ctxt, IMAGE))).toThrow(GlanceConnectionFailed);
    const at = bed.seen.filter(({ what }) => what.kind === "rest.request").map((seen) => seen.at);
    expect(at).toHaveLength(3);
    expect(at[1]! - at[0]!).toBeGreaterThan(1_000_000);
  });

  test("gives way to the next of several", () => {
    bed = unreachable(
      { glance_num_retries: 1, glance_api_servers: ["http://a:9292", "http://b:9292"] },
      ["b:9292"],
    );
    for (let n = 0; n < 3; n++) {
      expect(bed.run(bed.images.get(bed.ctxt, IMAGE)).name).toBe("cirros");
    }
  });

  test("of several servers the order is drawn once, and each request takes the next", () => {
    const servers = ["a", "b", "c", "d"].map((host) => `http://${host}:9292`);
    bed = unreachable({ glance_num_retries: 7, glance_api_servers: servers }, []);
    expect(() => bed.run(bed.images.get(bed.ctxt, IMAGE))).toThrow(GlanceConnectionFailed);
    const hosts = bed.of<{ kind: "rest.request"; to: string }>("rest.request").map(({ to }) => to);
    expect(hosts.slice(4)).toEqual(hosts.slice(0, 4));
    expect([...hosts.slice(0, 4)].sort()).toEqual(["a:9292", "b:9292", "c:9292", "d:9292"]);
    expect(hosts.slice(0, 4)).not.toEqual(["a:9292", "b:9292", "c:9292", "d:9292"]);
  });

  test("a 503 counts as not reached, a 500 does not", () => {
    bed.status = 503;
    expect(() => bed.run(bed.images.get(bed.ctxt, IMAGE))).toThrow(GlanceConnectionFailed);
    bed.status = 500;
    expect(() => bed.run(bed.images.get(bed.ctxt, IMAGE))).toThrow(
      expect.objectContaining({ name: "HTTPInternalServerError" }),
    );
  });
});

test("a list is of public and private images alike", () => {
  const images = bed.run(bed.images.detail(bed.ctxt, { status: "active" }));
  expect(images.map(({ name }) => name)).toEqual(["made"]);
  expect(bed.asked[0]?.query.get("is_public")).toBe("none");
  expect(bed.asked[0]?.query.get("status")).toBe("active");
});

test("an image is made of metadata alone; status and dates are Glance's to decide", () => {
  const meta = { name: "snap", status: "active", is_public: false, properties: { a: "1" } };
  bed.run(bed.images.create(bed.ctxt, { ...meta, created_at: "x" }));
  expect(bed.lines()).toEqual(["POST /v1/images"]);
  expect(bed.asked[0]?.headers).toMatchObject({
    "x-image-meta-name": "snap",
    "x-image-meta-is_public": "False",
    "x-image-meta-property-a": "1",
  });
  expect(bed.asked[0]?.headers).not.toHaveProperty("x-image-meta-status");
  expect(bed.asked[0]?.headers).not.toHaveProperty("x-image-meta-created_at");
});

test("an update keeps the properties that it does not name, and sends data at its pace", () => {
  bed.run(bed.images.update(bed.ctxt, IMAGE, { name: "b" }));
  expect(bed.asked[0]?.headers["x-glance-registry-purge-props"]).toBe("false");
  expect(bed.asked[0]?.body).toBeNull();
  bed.run(bed.images.update(bed.ctxt, IMAGE, {}, { bytes: 500, bytesPerSecond: 100 }));
  expect(bed.asked[1]?.body).toEqual({ $data: { bytes: 500, duration: 5_000_000 } });
});

test("a download lasts as long as its bytes need", () => {
  const began = bed.kernel.now;
  const { size } = bed.run(bed.images.download(bed.ctxt, IMAGE, 250_000));
  expect(size).toBe(1_000_000);
  expect(bed.lines()).toEqual([`GET /v1/images/${IMAGE}`]);
  expect(Math.floor((bed.kernel.now - began) / 1e6)).toBe(4);
});
