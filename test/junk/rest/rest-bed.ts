/** Requests of all sorts to every route of every REST service of a cloud in which much has happened. */
import fc from "fast-check";
import { rightBodies, type Ids } from "./bodies.js";
import { JunkBed, shapeOf } from "../bed.js";
import { bodyOf, bodyRecipe, placesOf, queryOf, type Place } from "../recipe.js";
import type { Asked } from "../thrown.js";
import { Visitor } from "./visitor.js";
import { volumeBodies, type VolumeIds } from "./volume-bodies.js";

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

/** Every route of these services. Those of Heat and Ceilometer have a bed of their own (`telemetry-bed.ts`); Trove's are not among them. */
export const PLACES = placesOf(PORTS);

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
  ...bodyRecipe,
});
export type RequestRecipe = typeof requestRecipe extends fc.Arbitrary<infer R> ? R : never;

export class RestBed extends JunkBed {
  readonly visitor: Visitor;
  readonly named: Ids & VolumeIds;
  /** Ids of what Cinder has. */
  readonly volumeIds: readonly string[];

  constructor() {
    super();
    this.#makeVolumes();
    this.cloud.kernel.unchecked.admit();
    this.visitor = new Visitor(this.cloud);
    const id = (kind: string, name: string): string => this.cloud.id(kind, name) ?? "";
    this.named = {
      tenant: this.visitor.tenant,
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
    if (name === "tenant_id" && (made.ids[2] ?? 0) % 8 > 0) return bed.visitor.tenant;
    return encodeURI((made.ids[place % 3] ?? 0) % 6 === 0 ? odd : id);
  });
  const right = port === CINDER ? volumeBodies : rightBodies;
  const samples = [
    ...(bed.bodies.get(shapeOf(route.method, path)) ?? []),
    ...right(route.method, route.path, bed.named),
  ];
  const url = `http://controller:${String(port)}${path}${queryOf(made.query)}`;
  return { method: route.method, url, body: bodyOf(made, samples) };
}
