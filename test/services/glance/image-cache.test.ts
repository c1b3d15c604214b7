/**
 * Laws of the image cache: glance/api/middleware/{cache,cache_manage}.py, glance/image_cache at 2014.2, with the
 * names of upstream's tests (unit/test_cache_middleware.py, unit/test_cached_images.py, unit/test_image_cache.py).
 */
import { describe, expect, it } from "vitest";
import type { FlagValues } from "../../../src/framework/index.js";
import { seconds } from "../../../src/kernel/index.js";
import type { CronJob } from "../../../src/framework/process/cron-job.js";
import { cleaner } from "../../../src/services/glance/image-cache/cleaner.js";
import { prefetcher } from "../../../src/services/glance/image-cache/prefetcher.js";
import { pruner } from "../../../src/services/glance/image-cache/pruner.js";
import { ImageBed, MB } from "./bed.js";

const MANAGING = "keystone+cachemanagement";

class CacheBed extends ImageBed {
  constructor(flags: FlagValues = {}) {
    super({ flags: { "paste_deploy.flavor": MANAGING, ...flags } });
  }

  get(id: string, bearer = this.demo, version = "v1") {
    const path = version === "v1" ? `/v1/images/${id}` : `/v2/images/${id}/file`;
    return this.as(bearer, "GET", path);
  }

  logs(actor = "glance-api@controller"): string[] {
    return this.of<{ kind: "log"; actor: string; message: string }>("log")
      .filter((line) => line.actor === actor)
      .map(({ message }) => message);
  }

  /** A program that cron runs, to its end. */
  cron(binary: "glance-cache-prefetcher" | "glance-cache-pruner" | "glance-cache-cleaner") {
    const env = this.env(binary);
    const app: CronJob =
      binary === "glance-cache-prefetcher"
        ? prefetcher(env, this.files, this.cache)
        : (binary === "glance-cache-pruner" ? pruner : cleaner)(env, this.cache);
    this.start(app);
    return this.logs(`${binary}@controller`);
  }

  /** An image of which only the place is known. */
  located(url: string, headers: Readonly<Record<string, string>> = {}): string {
    const { body } = this.as(this.demo, "POST", "/v1/images", {
      headers: {
        "x-image-meta-name": "located",
        "x-image-meta-disk_format": "qcow2",
        "x-image-meta-container_format": "bare",
        "x-image-meta-location": url,
        ...headers,
      },
    });
    return (body as { image: { id: string } }).image.id;
  }
}

describe("an image that is read", () => {
  it("is given from the cache the next time, when only the registry is asked (test_process_request)", () => {
    const bed = new CacheBed();
    const id = bed.uploaded();
    const first = bed.get(id);
    bed.forget();
    for (const path of bed.files.paths) bed.files.delete(path);
    const second = bed.get(id);
    expect([second.status, second.body, second.headers["etag"], bed.cache.rows.get(id)]).toEqual([
      200,
      first.body,
      first.headers["etag"],
      expect.objectContaining({ hits: 1, size: 13 * MB }),
    ]);
    expect(bed.requests("glance-api@controller")).toEqual([
      `GET glance-registry@controller/images/${id}`,
    ]);
  });

  it("is asked about twice when it is not there: by the API, and by the filter", () => {
    const bed = new CacheBed();
    const id = bed.uploaded();
    bed.forget();
    bed.get(id);
    expect(bed.requests("glance-api@controller")).toEqual(
      Array(2).fill(`GET glance-registry@controller/images/${id}`),
    );
  });

  it("tells of its own properties as if they were attributes, once it is cached (create_mashup_dict)", () => {
    const bed = new CacheBed();
    const id = bed.uploaded();
    bed.run(bed.client.update(bed.demo, id, { properties: { arch: "arm", size: "x" } }));
    const [first, second] = [bed.get(id).headers, bed.get(id).headers];
    expect([
      first["x-image-meta-property-arch"],
      second["x-image-meta-property-arch"],
      second["x-image-meta-arch"],
      second["x-image-meta-size"],
    ]).toEqual(["arm", undefined, "arm", String(13 * MB)]);
  });

  it("is given in v2 with its sum and length, and without metadata (test_v2_process_request)", () => {
    const bed = new CacheBed();
    const id = bed.uploaded();
    bed.get(id, bed.demo, "v2");
    const { status, headers } = bed.get(id, bed.demo, "v2");
    expect([status, headers["content-length"], headers["content-md5"]]).toEqual([
      200,
      String(13 * MB),
      bed.images.images.get(id)!.checksum,
    ]);
    expect(headers["x-image-meta-name"]).toBeUndefined();
    expect(bed.cache.rows.get(id)!.hits).toBe(1);
  });

  it("is a fault in v2 if it has no size: nothing can be set in what stands for it", () => {
    const bed = new CacheBed();
    bed.startMirror({ "a.img": 5 });
    const id = bed.located("http://controller:8088/a.img");
    bed.get(id);
    bed.images.images.update(id, { size: null });
    expect([bed.get(id, bed.demo, "v2").status, bed.get(id).status]).toEqual([500, 200]);
  });

  it("is nobody's who may not see it", () => {
    const bed = new CacheBed();
    const id = bed.uploaded();
    bed.get(id);
    expect([
      bed.get(id, bed.other, "v2").status,
      bed.get(id, bed.other, "v1").status,
      bed.cache.rows.get(id)!.hits,
    ]).toEqual([404, 404, 0]);
  });

  it("is not cached by whoever asks what there is, nor when there is nothing (204)", () => {
    const bed = new CacheBed();
    const { id } = bed.run(bed.client.create(bed.demo, { name: "empty" }));
    bed.as(bed.demo, "GET", "/v1/images/detail");
    bed.as(bed.demo, "HEAD", `/v1/images/${bed.uploaded()}`);
    expect([bed.get(id, bed.demo, "v2").status, bed.cache.active.size]).toEqual([204, 0]);
  });

  it.each(["v1", "v2"])("%s: is gone from the cache when it is deleted", (version) => {
    const bed = new CacheBed();
    const id = bed.uploaded();
    bed.get(id);
    bed.as(bed.demo, "DELETE", `/${version}/images/${id}`);
    expect([bed.cache.active.size, bed.cache.rows.size]).toEqual([0, 0]);
  });

  it("is removed if it was deleted elsewhere (test_process_v1_request_for_deleted_but_cached_image)", () => {
    const bed = new CacheBed();
    const id = bed.uploaded();
    bed.get(id);
    const kept = bed.cache.active.get(id)!;
    bed.as(bed.demo, "DELETE", `/v1/images/${id}`);
    bed.cache.active.set(id, kept);
    const { status } = bed.get(id, bed.admin);
    expect([status, bed.cache.active.size]).toEqual([404, 0]);
    expect(bed.logs()).toContain(
      `Image cache contained image file for image '${id}', however the registry did not contain metadata for that image!`,
    );
  });

  it("is not kept if it is not what it should be, and its reader is not told", () => {
    const bed = new CacheBed();
    bed.startMirror({ "a.img": 5 });
    const id = bed.located("http://controller:8088/a.img", {
      "x-image-meta-checksum": "d".repeat(32),
    });
    expect(bed.get(id).status).toBe(200);
    bed.wait(seconds(1));
    expect([bed.cache.active.size, [...bed.cache.invalid.keys()]]).toEqual([0, [id]]);
    expect(bed.logs()).toContain(`Checksum verification failed. Aborted caching of image '${id}'.`);
  });

  it("is kept without a sum as well, which the log complains about", () => {
    const bed = new CacheBed();
    bed.startMirror({ "a.img": 5 });
    const id = bed.located("http://controller:8088/a.img");
    bed.get(id);
    bed.wait(seconds(1));
    expect([bed.cache.active.size, bed.logs().includes("Checksum header is missing.")]).toEqual([
      1,
      true,
    ]);
  });

  it("stays half written where glance-api dies, until the cleaner finds that nobody writes", () => {
    const bed = new CacheBed({ image_cache_stall_time: 100 });
    bed.startMirror({ "a.img": 50 * MB });
    const id = bed.located("http://controller:8088/a.img");
    bed.get(id);
    bed.restartApi();
    const young = [bed.cron("glance-cache-cleaner"), bed.cache.incomplete.size];
    bed.wait(seconds(101));
    const old = [bed.cron("glance-cache-cleaner").at(-1), bed.cache.incomplete.size];
    expect([young[1], old, bed.cache.active.size]).toEqual([
      1,
      [`Removed stalled cache file /var/lib/glance/image-cache/incomplete/${id}`, 0],
      0,
    ]);
  });
});

describe("the API of the cache", () => {
  const paths = ["/v1/cached_images", "/v1/queued_images"];

  it("tells an admin what there is and what is queued, in order (test_get_cached_images)", () => {
    const bed = new CacheBed();
    const id = bed.uploaded();
    bed.get(id);
    for (const name of ["b", "a"]) {
      bed.as(bed.admin, "PUT", `/v1/queued_images/${name}`);
      bed.wait(seconds(1));
    }
    expect(paths.map((path) => bed.as(bed.admin, "GET", path).body)).toEqual([
      {
        cached_images: [
          {
            image_id: id,
            hits: 0,
            last_accessed: 0,
            last_modified: expect.any(Number) as number,
            size: 13 * MB,
          },
        ],
      },
      { queued_images: ["b", "a"] },
    ]);
  });

  it("queues whatever it is told, but not what is there, and says so only in the log", () => {
    const bed = new CacheBed();
    const id = bed.uploaded();
    bed.get(id);
    const statuses = [id, "nothing", "nothing", "<script>", "__proto__"].map(
      (name) => bed.as(bed.admin, "PUT", `/v1/queued_images/${encodeURIComponent(name)}`).status,
    );
    expect([statuses, bed.as(bed.admin, "GET", paths[1]!).body]).toEqual([
      [200, 200, 200, 200, 200],
      { queued_images: ["nothing", "<script>", "__proto__"] },
    ]);
    expect(bed.logs()).toEqual(
      expect.arrayContaining([
        `Not queueing image '${id}'. Already cached.`,
        "Not queueing image 'nothing'. Already queued.",
      ]),
    );
  });

  it("deletes one or all, and what is not there with a warning (test_delete_cached_images)", () => {
    const bed = new CacheBed();
    const ids = [bed.uploaded(), bed.uploaded(), bed.uploaded()];
    for (const id of ids) bed.get(id);
    bed.as(bed.admin, "PUT", "/v1/queued_images/x");
    const requests = [
      `/v1/cached_images/${ids[0]!}`,
      "/v1/cached_images/unknown",
      "/v1/cached_images",
      "/v1/queued_images/unknown",
      "/v1/queued_images",
    ];
    expect(requests.map((path) => bed.as(bed.admin, "DELETE", path).body)).toEqual([
      null,
      null,
      { num_deleted: 2 },
      null,
      { num_deleted: 1 },
    ]);
    expect(bed.logs()).toContain(
      "Cached image file '/var/lib/glance/image-cache/unknown' doesn't exist, unable to delete",
    );
  });

  it("is an admin's alone, and knows no other methods", () => {
    const bed = new CacheBed();
    expect([
      bed.as(bed.demo, "GET", paths[0]!),
      bed.as(bed.admin, "PUT", paths[0]!).status,
      bed.as(bed.admin, "GET", "/v1/cached_images/x").status,
    ]).toEqual([
      expect.objectContaining({
        status: 403,
        body: expect.stringContaining("Access was denied to this resource.") as string,
      }),
      404,
      404,
    ]);
  });

  it.each([
    ["keystone", 0, 404],
    ["keystone+caching", 1, 404],
    [MANAGING, 1, 200],
  ])("flavor %s: caches %s, answers %s", (flavor, cached, status) => {
    const bed = new CacheBed({ "paste_deploy.flavor": flavor });
    bed.get(bed.uploaded());
    expect([bed.cache.active.size, bed.as(bed.admin, "GET", paths[0]!).status]).toEqual([
      cached,
      status,
    ]);
  });

  it("a flavor without Keystone is refused by name", () => {
    expect(() => new CacheBed({ "paste_deploy.flavor": "trusted-auth" })).toThrow(
      "flag paste_deploy.flavor is trusted-auth: only keystone, keystone+caching, keystone+cachemanagement are simulated",
    );
  });

  it("each filter loads the driver for itself, in the order in which paste makes them", () => {
    const lines = new CacheBed().logs().filter((line) => line.includes("cache"));
    expect(lines).toEqual([
      "Image cache loaded driver 'sqlite'.",
      "Initialized image cache management middleware",
      "Image cache loaded driver 'sqlite'.",
      "Initialized image cache middleware",
    ]);
  });

  it("a driver that cannot be loaded is replaced, with a warning", () => {
    const bed = new CacheBed({
      image_cache_driver: "xattr",
      "paste_deploy.flavor": "keystone+caching",
    });
    expect(bed.logs().slice(0, 2)).toEqual([
      "Image cache driver 'xattr' failed to load. Got error: 'No module named xattr.",
      "Defaulting to SQLite driver.",
    ]);
  });
});

describe("the programs of the cache", () => {
  it("the prefetcher fetches what is queued from its store, as a user of its own", () => {
    const bed = new CacheBed();
    const id = bed.uploaded();
    bed.as(bed.admin, "PUT", `/v1/queued_images/${id}`);
    bed.forget();
    const lines = bed.cron("glance-cache-prefetcher");
    expect([lines.at(-1), bed.cache.queue.size, bed.cache.rows.get(id)?.size]).toEqual([
      "Successfully cached all 1 images",
      0,
      13 * MB,
    ]);
    expect(bed.requests("glance-cache-prefetcher@controller")).toEqual([
      "POST keystone-all@controller/v2.0/tokens",
      `GET glance-registry@controller/images/${id}`,
    ]);
  });

  it("the prefetcher leaves in the queue what it does not get, and says why", () => {
    const bed = new CacheBed();
    const { id } = bed.run(bed.client.create(bed.demo, { name: "empty" }));
    for (const name of [id, "none"]) bed.as(bed.admin, "PUT", `/v1/queued_images/${name}`);
    expect(bed.cron("glance-cache-prefetcher").slice(-3).sort()).toEqual([
      "Failed to successfully cache all images in queue.",
      `Image '${id}' is not active. Not caching.`,
      "No metadata found for image 'none'",
    ]);
    expect(bed.cache.queue.size).toBe(2);
  });

  it("the prefetcher ends with the first error of a store", () => {
    const bed = new CacheBed();
    const id = bed.uploaded();
    for (const path of bed.files.paths) bed.files.delete(path);
    bed.as(bed.admin, "PUT", `/v1/queued_images/${id}`);
    expect([bed.cron("glance-cache-prefetcher").at(-1), bed.cache.queue.size]).toEqual([
      "NotFound: None",
      1,
    ]);
  });

  it("the prefetcher has nothing to do, and asks nobody", () => {
    const bed = new CacheBed();
    expect(bed.cron("glance-cache-prefetcher").at(-1)).toBe("Nothing to prefetch.");
    expect(bed.requests("glance-cache-prefetcher@controller")).toEqual([]);
  });

  it("the pruner removes what was read longest ago, never read first (test_prune)", () => {
    const bed = new CacheBed({ image_cache_max_size: 30 * MB });
    const ids = [bed.uploaded(), bed.uploaded(), bed.uploaded()];
    for (const id of ids) bed.get(id);
    bed.wait(seconds(1));
    for (const id of [ids[2]!, ids[0]!]) bed.get(id);
    bed.cron("glance-cache-pruner");
    const once = [...bed.cache.active.keys()];
    const lines = bed.cron("glance-cache-pruner");
    expect([once, [...bed.cache.rows.keys()], lines.at(-1)]).toEqual([
      [ids[0], ids[2]],
      [ids[0], ids[2]],
      "Image cache has free space, skipping prune...",
    ]);
  });

  it("the pruner leaves nothing where nothing may be", () => {
    const bed = new CacheBed({ image_cache_max_size: 0 });
    bed.get(bed.uploaded());
    expect(bed.cron("glance-cache-pruner").at(-1)).toBe(
      `Pruning finished pruning. Pruned 1 and ${String(13 * MB)}.`,
    );
    expect(bed.cache.active.size).toBe(0);
  });

  it("the cleaner removes what went wrong, however young", () => {
    const bed = new CacheBed();
    bed.cache.invalid.set("bad", { modified: 0 });
    expect(bed.cron("glance-cache-cleaner").at(-1)).toBe(
      "Removed invalid cache file /var/lib/glance/image-cache/invalid/bad",
    );
    expect(bed.cache.invalid.size).toBe(0);
  });
});
