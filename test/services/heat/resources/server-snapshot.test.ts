/**
 * What a snapshot of a stack keeps of its servers: an image of each. heat/engine/resources/server.py (handle_snapshot,
 * check_snapshot_complete, handle_delete_snapshot) at 2014.2 (test_server.py test_server_snapshot).
 */
import { describe, expect, it } from "vitest";
import { isObject, textOf, type Json, type JsonObject } from "../../../../src/python/index.js";
import { StackBed } from "../cloud-bed.js";

const STACK: JsonObject = {
  heat_template_version: "2013-05-23",
  resources: {
    server: { type: "OS::Nova::Server", properties: { image: "cirros", flavor: "m1.nano" } },
    text: { type: "OS::Heat::RandomString" },
  },
};

class SnapshotBed extends StackBed {
  readonly at = this.build("s", STACK);

  /** @returns its id */
  take(name: string): string {
    const { body } = this.ask("POST", `${this.at}/snapshots`, { name });
    this.cloud.settle();
    return textOf(isObject(body) ? body : {}, "id");
  }

  snapshot(id: string): JsonObject {
    const { body } = this.ask("GET", `${this.at}/snapshots/${id}`);
    const snapshot = isObject(body) ? body["snapshot"] : undefined;
    return isObject(snapshot) ? snapshot : {};
  }

  /** Images that are none of the cloud's own: `name status`, by their ids. */
  images(): Readonly<Record<string, string>> {
    const asked = this.cloud.user("demo").request("image", "GET", "/v2/images");
    const { body } = this.cloud.run(asked);
    const all = isObject(body) ? (body["images"] as readonly JsonObject[]) : [];
    return Object.fromEntries(
      all
        .filter(({ image_type }) => image_type === "snapshot")
        .map((image) => [
          textOf(image, "id"),
          `${textOf(image, "name")} ${textOf(image, "status")}`,
        ]),
    );
  }
}

const member = (value: Json | undefined, ...path: readonly string[]): Json =>
  path.reduce<Json>((at, key) => (isObject(at) ? (at[key] ?? null) : null), value ?? null);

describe("a snapshot of a stack with a server", () => {
  it("is an image under the server's name, which goes with it", () => {
    const bed = new SnapshotBed();
    const id = bed.take("monday");
    const snapshot = bed.snapshot(id);
    expect(snapshot).toMatchObject({
      ...{ name: "monday", status: "COMPLETE" },
      status_reason: "Stack SNAPSHOT completed successfully",
    });
    expect(bed.resources(bed.at)).toEqual(["server SNAPSHOT_COMPLETE", "text SNAPSHOT_COMPLETE"]);
    const images = bed.images();
    const [image = ""] = Object.keys(images);
    expect(images[image]).toMatch(/^s-server-[a-z2-7]{12} active$/u);
    const kept = member(snapshot["data"], "resources", "server", "resource_data");
    expect(kept).toEqual({ snapshot_image_id: image });
    expect(bed.ask("DELETE", `${bed.at}/snapshots/${id}`).status).toBe(204);
    bed.cloud.settle();
    expect(bed.images()).toEqual({});
    expect(bed.state(bed.at)).toBe("SNAPSHOT_COMPLETE: Stack SNAPSHOT completed successfully");
  });

  it("goes with its stack, whoever has deleted the image before", () => {
    const bed = new SnapshotBed();
    bed.take("monday");
    bed.take("tuesday");
    const [first = ""] = Object.keys(bed.images());
    bed.cloud.run(bed.cloud.user("demo").request("image", "DELETE", `/v2/images/${first}`));
    bed.ask("DELETE", bed.at);
    bed.cloud.settle();
    expect(bed.images()).toEqual({});
    expect(bed.cloud.leftovers()).toEqual([]);
  });

  it("fails with a server that Nova does not know", () => {
    const bed = new SnapshotBed();
    bed.cloud.inject({ answer: { method: "POST", path: "/v2/*/servers/*/action", status: 404 } });
    const id = bed.take("monday");
    expect(bed.snapshot(id)).toMatchObject({ status: "FAILED" });
    expect(bed.state(bed.at)).toMatch(
      /^SNAPSHOT_FAILED: Resource SNAPSHOT failed: NotFound: .*\(HTTP 404\)/u,
    );
    // There is no image in it, and Python's KeyError ends the thread: the snapshot stays.
    bed.ask("DELETE", `${bed.at}/snapshots/${id}`);
    bed.cloud.settle();
    expect(bed.snapshot(id)).toMatchObject({ id });
  });
});
