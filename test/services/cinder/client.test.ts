/** Laws of the library through which Nova asks Cinder: python-cinderclient 1.1.1, `cinderclient/client.py`. */
import { describe, expect, it } from "vitest";
import { seconds } from "../../../src/kernel/index.js";
import {
  type ApiVersion,
  CinderClient,
  CinderHttpClient,
  ConnectionError,
} from "../../../src/services/cinder/client/index.js";
import { CINDER, VolumeBed } from "./bed.js";

interface Asked {
  readonly version?: ApiVersion;
  readonly retries?: number;
  readonly token?: string;
}

function client(bed: VolumeBed, { version = "v1", retries = 3, token = "" }: Asked = {}) {
  const project = bed.project("demo");
  const endpoint = new CinderHttpClient({
    http: bed.http,
    url: `${CINDER}/${version}/${project}`,
    user: bed.user("demo"),
    project,
    token: token === "" ? bed.demo.auth_token : token,
    retries,
  });
  return new CinderClient(endpoint, version);
}

/** What an operation is refused with, and how long that took. */
function refusal(bed: VolumeBed, op: Parameters<VolumeBed["run"]>[0]) {
  const began = bed.kernel.now;
  try {
    bed.run(op);
  } catch (error) {
    const { name, message } = error as Error;
    return [
      name,
      message.replace(/ \(Request-ID.*/, ""),
      Math.floor((bed.kernel.now - began) / seconds(1)),
    ];
  }
  return undefined;
}

const posts = (bed: VolumeBed) => bed.requests("tester").filter((line) => line.includes("/v1/"));

describe("the client library of Cinder", () => {
  it("calls things by the names of its version", () => {
    const bed = new VolumeBed();
    for (const version of ["v1", "v2"] as const) {
      const { volumes } = client(bed, { version });
      const { id } = bed.run(volumes.create({ size: 1, name: "data", description: "d" }));
      expect(bed.row(id)).toMatchObject({ display_name: "data", display_description: "d" });
    }
  });

  it("sends what is not given as null, and who it is for (volumes.py, create)", () => {
    const bed = new VolumeBed();
    bed.run(client(bed).volumes.create({ size: 1, name: "data", user_id: "u" }));
    const sent = bed
      .of<Sent>("rest.request")
      .find(({ method, path }) => method === "POST" && path.endsWith("/volumes"));
    expect(sent?.body).toEqual({
      volume: {
        size: 1,
        snapshot_id: null,
        display_name: "data",
        display_description: null,
        volume_type: null,
        user_id: "u",
        project_id: null,
        availability_zone: null,
        status: "creating",
        attach_status: "detached",
        metadata: {},
        imageRef: null,
        source_volid: null,
      },
    });
    expect(sent?.headers["x-auth-project-id"]).toBe(bed.project("demo"));
    expect(sent?.headers["user-agent"]).toBe("python-cinderclient");
  });

  it("repeats a refusal of the request itself three times, after 1, 2 and 4 s", () => {
    const bed = new VolumeBed();
    const { volumes } = client(bed);
    const id = bed.made();
    bed.run(volumes.reserve(id));
    bed.forget();
    expect(refusal(bed, volumes.reserve(id))).toEqual([
      "BadRequest",
      "Invalid volume: Volume status must be available to reserve (HTTP 400)",
      7,
    ]);
    expect(posts(bed)).toHaveLength(4);
  });

  it("gives up at once on what is not there, not allowed or too much", () => {
    const bed = new VolumeBed();
    const { volumes } = client(bed);
    expect(refusal(bed, volumes.get("nope"))).toEqual([
      "NotFound",
      "The resource could not be found. (HTTP 404)",
      0,
    ]);
    expect(refusal(bed, volumes.create({ size: 2000, name: "" }))?.[0]).toBe("OverLimit");
    expect(refusal(bed, volumes.forceDelete(bed.made()))?.[0]).toBe("Forbidden");
  });

  it("names a connection that nobody took, after as many tries", () => {
    const bed = new VolumeBed();
    bed.kill("cinder-api@controller");
    const nobody = (): unknown => bed.run(client(bed).volumes.get("v"));
    const began = bed.kernel.now;
    expect(nobody).toThrow(ConnectionError);
    expect(Math.floor((bed.kernel.now - began) / seconds(1))).toBe(7);
    expect(nobody).toThrow(/^Unable to establish connection: HTTPConnectionPool/);
  });

  it("tries to log in at Cinder's own address when its token is refused, and cannot", () => {
    const bed = new VolumeBed();
    const { volumes } = client(bed, { token: "dead" });
    bed.forget();
    expect(refusal(bed, volumes.get("v"))?.[0]).toBe("Unauthorized");
    expect(posts(bed)).toEqual([
      `GET cinder-api@controller/v1/${bed.project("demo")}/volumes/v`,
      `GET cinder-api@controller/v1/${bed.project("demo")}`,
    ]);
  });

  it("connects, attaches, detaches and makes snapshots", () => {
    const bed = new VolumeBed();
    const { volumes, snapshots } = client(bed);
    const id = bed.made();
    const connector = { initiator: "iqn.1", ip: "10.0.0.31", host: "compute-1" };
    bed.run(volumes.reserve(id));
    const info = bed.run(volumes.initializeConnection(id, connector));
    expect(info.driver_volume_type).toBe("iscsi");
    bed.run(volumes.attach(id, "3f1c9d2e-7a46-4b55-9d0c-0a4a7e2f8b11", "/dev/vdb"));
    const made = bed.run(
      snapshots.create({ volume_id: id, force: true, name: "s", description: null }),
    );
    bed.wait(seconds(5));
    expect(bed.run(snapshots.get(made.id))).toMatchObject({
      status: "available",
      display_name: "s",
    });
    bed.run(snapshots.delete(made.id));
    bed.run(volumes.beginDetaching(id));
    bed.run(volumes.terminateConnection(id, connector));
    bed.run(volumes.detach(id));
    expect(bed.row(id).status).toBe("available");
  });
});

interface Sent {
  readonly kind: "rest.request";
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}
