/** Requests of all sorts to every route of every REST service of a cloud in which much has happened. */
import fc from "fast-check";
import { HttpClient, type HttpResponse } from "../../src/http/index.js";
import type { Json } from "../../src/python/index.js";
import { restServices, type RouteLine } from "../docs/rest.js";
import { rightBodies, type Ids } from "./bodies.js";
import { JunkBed, shapeOf } from "./bed.js";
import { volumeBodies, type VolumeIds } from "./volume-bodies.js";
import { junk, spoiled, spoiling } from "./values.js";

/** What there is of volumes: one is attached, and one is on offer to another project. */
const VOLUMES = [
  "cinder create --display-name v1 1",
  "cinder create --display-name v2 1",
  "cinder create --display-name v3 1",
  "cinder snapshot-create --display-name s1 v2",
  "cinder transfer-create v3",
  "cinder type-create lvm",
  "cinder type-key lvm set a=b",
  "cinder qos-create fast a=b",
] as const;

const CINDER = 8776;

const PORTS: Readonly<Record<string, number>> = {
  "keystone, port 5000": 5000,
  "keystone, port 35357": 35357,
  "glance-api": 9292,
  "glance-registry": 9191,
  "neutron-server": 9696,
  "nova-api": 8774,
  "cinder-api": CINDER,
};

interface Place {
  readonly port: number;
  readonly route: RouteLine;
}

/** Every route of these services. Those of Heat and Ceilometer have a bed of their own (`telemetry-bed.ts`); Trove's are not among them. */
export const PLACES: readonly Place[] = [...restServices()].flatMap(([service, routes]) => {
  const port = PORTS[service];
  return port === undefined ? [] : routes.map((route) => ({ port, route }));
});

/** What a request is made of; the request itself needs a cloud. */
export const requestRecipe = fc.record({
  place: fc.nat({ max: PLACES.length - 1 }),
  ids: fc.array(fc.nat(), { minLength: 3, maxLength: 3 }),
  odd: fc.array(fc.constantFrom("", "__proto__", "..", "%00", "x".repeat(300), "a b", "é"), {
    minLength: 3,
    maxLength: 3,
  }),
  query: fc.array(
    fc.tuple(
      fc.constantFrom(
        ...["limit", "marker", "name", "status", "deleted", "changes-since", "sort_key", "fields"],
        ...[
          "all_tenants",
          "id",
          "network_id",
          "device_id",
          "flavor",
          "image",
          "minDisk",
          "__proto__",
        ],
        ...[
          "force",
          "key",
          "bootable",
          "metadata",
          "offset",
          "sort_dir",
          "visibility",
          "member_status",
          "is_public",
          "ip",
          "tenant_id",
        ],
      ),
      fc.constantFrom(
        "",
        "-1",
        "0",
        "abc",
        "1e309",
        "9223372036854775808",
        "None",
        "(",
        "é",
        "true",
      ),
    ),
    { maxLength: 2 },
  ),
  sample: fc.nat(),
  spoilings: fc.array(spoiling, { maxLength: 2 }),
  wild: junk,
  how: fc.constantFrom("sample", "sample", "sample", "wild", "none", "text"),
  text: fc.constantFrom("", "{", "null", "a\u0000b", "\ud800", "[1, 2", '{"a": 1e309}', "NaN"),
});
export type RequestRecipe = typeof requestRecipe extends fc.Arbitrary<infer R> ? R : never;

/** A request as it is sent. */
interface Asked {
  readonly route: RouteLine;
  readonly method: string;
  readonly url: string;
  readonly body: Json | undefined;
}

export class RestBed extends JunkBed {
  #token = "";
  readonly named: Ids & VolumeIds;
  /** Ids of what Cinder has. */
  readonly volumeIds: readonly string[];

  constructor() {
    super();
    this.#makeVolumes();
    this.cloud.kernel.unchecked.admit();
    this.renew();
    const id = (kind: string, name: string): string => this.cloud.id(kind, name) ?? "";
    this.named = {
      tenant: this.tenant,
      user: id("user", "demo"),
      network: id("network", "private"),
      image: id("image", "cirros"),
      server: id("server", "t1"),
      port: this.ids[3] ?? "",
      volume: id("volume", "v2"),
      snapshot: id("snapshot", "s1"),
      type: "lvm",
    };
    const volumes = ["v1", "v2", "v3"].map((name) => id("volume", name));
    this.volumeIds = [...volumes, this.named.snapshot, ...this.#listed];
  }

  /** Ids in what the commands that made it have printed. */
  #listed: readonly string[] = [];

  #makeVolumes(): void {
    const printed = VOLUMES.map((line) => {
      const { stdout } = this.cloud.user("admin").command(line);
      this.cloud.settle();
      return stdout;
    });
    const server = this.cloud.id("server", "t1") ?? "";
    const volume = this.cloud.id("volume", "v1") ?? "";
    this.cloud.user("admin").command(`nova volume-attach ${server} ${volume}`);
    this.cloud.settle();
    this.#listed = printed.flatMap(
      (text) => text.match(/[0-9a-f]{8}(?:-[0-9a-f]{4,12}){4}/gu) ?? [],
    );
  }

  /** The project whose things these are. */
  get tenant(): string {
    return this.cloud.id("project", "admin") ?? "";
  }

  /** A token that is good for the next request, whatever the last has done. */
  renew(): void {
    const { cloud } = this;
    const auth = {
      tenantName: "admin",
      passwordCredentials: { username: "admin", password: "secret" },
    };
    const http = new HttpClient(cloud.network, "junk");
    const answer = cloud.run(
      http.request("POST", "http://controller:5000/v2.0/tokens", { body: { auth } }),
    );
    const { access } = answer.body as { access?: { token: { id: string } } };
    if (access !== undefined) this.#token = access.token.id;
  }

  ask({ method, url, body }: Asked): HttpResponse {
    const http = new HttpClient(this.cloud.network, "junk");
    const headers = { "X-Auth-Token": this.#token };
    return this.cloud.run(http.request(method, url, { headers, body }));
  }
}

/** The request that `made` is in `bed`. */
export function requestOf(bed: RestBed, made: RequestRecipe): Asked {
  const { port, route } = PLACES[made.place] as Place;
  const known = port === CINDER ? bed.volumeIds : bed.ids;
  const ids = [...known, "00000000-0000-0000-0000-000000000000", "1", "default"];
  let at = 0;
  const path = route.path.replace(/\{(\w+)\}/gu, (_, name: string) => {
    const place = at++;
    const odd = made.odd[place % 3] ?? "";
    const id = ids[(made.ids[place % 3] ?? 0) % ids.length] ?? "";
    if (name === "tenant_id" && (made.ids[2] ?? 0) % 8 > 0) return bed.tenant;
    return encodeURI((made.ids[place % 3] ?? 0) % 6 === 0 ? odd : id);
  });
  const query = made.query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
  const url = `http://controller:${String(port)}${path}${query === "" ? "" : `?${query}`}`;
  const right = port === CINDER ? volumeBodies : rightBodies;
  const samples = [
    ...(bed.bodies.get(shapeOf(route.method, path)) ?? []),
    ...right(route.method, route.path, bed.named),
  ];
  const sample = samples[made.sample % Math.max(1, samples.length)];
  const start = sample ?? made.wild;
  const bodies = {
    sample: () => made.spoilings.reduce<Json>((body, by) => spoiled(body, by), start),
    wild: () => made.wild,
    none: () => undefined,
    text: () => made.text,
  };
  return { route, method: route.method, url, body: bodies[made.how]() };
}
