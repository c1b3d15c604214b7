/** Images in Swift: glance_store 0.1.8 _drivers/swift/store.py, and other-services §2.4. */
import { describe, expect, it } from "vitest";
import { Cloud } from "../../../src/cloud/cloud.js";
import type { HttpResponse } from "../../../src/http/index.js";
import type { RestRequest } from "../../../src/http/observations.js";
import type { Observation } from "../../../src/kernel/index.js";

const MB = 1_024_000;

interface Bed {
  readonly cloud: Cloud;
  readonly upload: (bytes: number) => { readonly image: string; readonly status: number };
  readonly ask: (method: string, path: string, service?: string) => HttpResponse;
  readonly requests: () => string[];
  readonly logs: () => string[];
}

function bed(flags: Record<string, string | number | boolean> = {}): Bed {
  const seen: Observation[] = [];
  const cloud = new Cloud({
    services: ["swift"],
    flags: {
      stores: "file,swift",
      default_store: "swift",
      swift_store_create_container_on_put: true,
      ...flags,
    },
    observer: { observe: (_at, what) => seen.push(what) - 1 },
  });
  const admin = cloud.user("admin");
  const send = (to: string, method: string, path: string, rest = {}): HttpResponse => {
    const thread = admin.beginRequest({ to, method, path, ...rest });
    const answer = cloud.kernel.finish(thread);
    if (answer.kind === "error") throw new Error(answer.message);
    return answer.response;
  };
  const from = (one: Observation): one is RestRequest => one.kind === "rest.request";
  return {
    cloud,
    upload(bytes) {
      const made = send("glance", "POST", "/v2/images", {
        body: { name: "i", disk_format: "raw", container_format: "bare" },
      });
      const image = (made.body as { id: string }).id;
      seen.length = 0;
      const { status } = send("glance", "PUT", `/v2/images/${image}/file`, {
        headers: { "Content-Type": "application/octet-stream" },
        body: { $data: { bytes } },
      });
      return { image, status };
    },
    ask: (method, path, service = "glance") => send(service, method, path),
    requests: () =>
      seen
        .filter(from)
        .filter(({ from: who, to }) => who === "glance-api@controller" && !to.startsWith("glance"))
        .map(({ method, to, path }) => `${method} ${to}${path.replace(/AUTH_\w+/, "AUTH_x")}`)
        .filter((line) => !/\/v3\/auth|keystone-all@controller\/$/.test(line)),
    logs: () =>
      seen.flatMap((one) =>
        one.kind === "log" ? [(one as unknown as { message: string }).message] : [],
      ),
  };
}

describe("an upload (other-services §2.4 rows 5 and 6)", () => {
  it("logs in, looks for the container, makes it, and puts one object", () => {
    const { upload, requests, ask } = bed();
    const { image, status } = upload(5 * MB);
    expect(status).toBe(204);
    const proxy = "swift-proxy-server@controller/v1/AUTH_x";
    expect(requests().slice(-4)).toEqual([
      "POST keystone@controller/v2.0/tokens",
      `HEAD ${proxy}/glance`,
      `PUT ${proxy}/glance`,
      `PUT ${proxy}/glance/${image}`,
    ]);
    expect(ask("GET", `/v2/images/${image}`).body).toMatchObject({
      status: "active",
      size: 5 * MB,
    });
    expect(ask("GET", `/v2/images/${image}/file`)).toMatchObject({
      status: 200,
      body: { $data: { bytes: 5 * MB } },
    });
  });

  it("is cut into segments behind a manifest where it is large", () => {
    const { upload, requests, ask } = bed({
      swift_store_large_object_size: 2,
      swift_store_large_object_chunk_size: 1,
    });
    const { image, status } = upload(2.5 * MB);
    expect(status).toBe(204);
    const puts = requests().filter((line) => line.startsWith("PUT ") && line.includes(image));
    expect(puts.map((line) => line.replace(/.*\/glance\//, ""))).toEqual([
      `${image}-00001`,
      `${image}-00002`,
      `${image}-00003`,
      image,
    ]);
    expect(ask("GET", `/v2/images/${image}/file`).body).toEqual({ $data: { bytes: 2.5 * MB } });
    expect(ask("DELETE", `/v2/images/${image}`).status).toBe(204);
    const deleted = requests().filter((line) => line.startsWith("DELETE swift"));
    expect(deleted.map((line) => line.replace(/.*\/glance\//, ""))).toEqual([
      `${image}-00001`,
      `${image}-00002`,
      `${image}-00003`,
      image,
    ]);
  });

  it("fails where the container is not there and may not be made; the image is queued again", () => {
    const { upload, ask } = bed({ swift_store_create_container_on_put: false });
    const { image, status } = upload(5 * MB);
    expect(status).toBe(500);
    expect(ask("GET", `/v2/images/${image}`).body).toMatchObject({ status: "queued" });
  });

  it("fails where Swift has no quorum, and is not sent a second time (other-services §2.5)", () => {
    const { cloud, upload, requests, logs } = bed();
    upload(MB);
    for (const host of ["storage-1", "storage-2", "storage-3"])
      cloud.crash(`swift-object-server@${host}`);
    const { image, status } = upload(5 * MB);
    expect(status).toBe(500);
    expect(requests().filter((line) => line.endsWith(`/glance/${image}`))).toHaveLength(1);
    expect(logs()).toContain(
      "Failed to add object to Swift.\nGot error from Swift: " +
        `put_object('glance', '${image}', ...) failure and no ability to reset contents for reupload.`,
    );
  });
});
