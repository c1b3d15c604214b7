/**
 * Junk at Trove: every route is asked with ids, queries and bodies of all sorts at a cloud that has an instance, a
 * backup and a configuration group (what holds of each: `thrown.ts`). Upstream: trove/common/wsgi.py (Resource.execute_action) at 2014.2.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../../src/python/index.js";
import { troveRoutes } from "../../src/services/trove/api/routes.js";
import { TroveBed } from "../services/trove/bed.js";
import { SEED } from "./bed.js";
import { bodyOf, bodyRecipe, queryOf } from "./recipe.js";
import { thrown, type Asked } from "./thrown.js";

const COUNT = Math.ceil(Number(process.env["JUNK"] ?? "600") / 4);

const recipe = fc.record({
  route: fc.nat({ max: troveRoutes.length - 1 }),
  ids: fc.array(fc.nat(), { minLength: 3, maxLength: 3 }),
  query: fc.array(
    fc.tuple(
      fc.constantFrom("limit", "marker", "datastore", "deleted", "include_clustered", "__proto__"),
      fc.constantFrom("", "-1", "-2", "0", "abc", "1e309", "9223372036854775808", "(", "é", "true"),
    ),
    { maxLength: 2 },
  ),
  ...bodyRecipe,
  as: fc.constantFrom("demo", "admin"),
});
type Recipe = typeof recipe extends fc.Arbitrary<infer R> ? R : never;

/** What bodies of a path begin with. */
const KEYS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\/hosts\/.*action$/u, ["update"]],
  [/\/clusters\/.*action$/u, ["reset-task"]],
  [/\/action$/u, ["restart", "resize", "stop", "reboot", "migrate", "reset-task-status"]],
  [/\/parameters/u, ["configuration-parameter"]],
  [/\/databases/u, ["databases"]],
  [/\/users$/u, ["users"]],
  [/\/users\//u, ["user"]],
  [/\/upgrade$/u, ["upgrade"]],
  [/\/quotas/u, ["quotas"]],
  [/\/backups/u, ["backup"]],
  [/\/configurations/u, ["configuration"]],
  [/\/security-group-rules/u, ["security_group_rule"]],
  [/\/clusters\//u, ["add_shard"]],
  [/\/clusters$/u, ["cluster"]],
  [/\/instances/u, ["instance"]],
];

class TroveJunkBed extends TroveBed {
  readonly #ids: readonly string[];
  readonly #bodies: readonly Json[];

  constructor() {
    const flags = { max_instances_per_user: 500, max_volumes_per_user: 5000, http_get_rate: 1e6 };
    const rates = { http_post_rate: 1e6, http_put_rate: 1e6, http_delete_rate: 1e6 };
    super({ flags: { ...flags, ...rates }, datastores: ["mongodb"] });
    const databases = [{ name: "one" }];
    const users = [{ name: "joe", password: "pw", databases }];
    const instance = this.active({ databases, users });
    const configuration = {
      ...{ name: "conf", values: { max_connections: 200 } },
      datastore: { type: "mysql", version: "5.5" },
    };
    const made = this.ask("POST", "/configurations", { configuration }).body;
    const group = (made["configuration"] as { id: string }).id;
    this.ask("POST", "/backups", { backup: { name: "b", instance } });
    this.cloud.advance("60s");
    const backup = this.list("/backups", "backups")[0]?.["id"] as string;
    const version = this.list("/datastores/mysql/versions", "versions")[0]?.["id"] as string;
    const secgroup = this.list("/security-groups", "security_groups")[0]?.["id"] as string;
    this.#ids = [
      ...[instance, instance, instance, group, backup, version, secgroup, "mysql", "one", "joe"],
      ...["joe@%25", "1", "max_connections", "5.5", "none", "", "__proto__", "%00", "é", "a b"],
      "x".repeat(300),
    ];
    const wanted = { name: "db2", flavorRef: "1", volume: { size: 1 } };
    const node = { flavorRef: "1", volume: { size: 1 } };
    this.#bodies = [
      { instance: { ...wanted, databases, users, nics: [], availability_zone: "nova" } },
      { instance: { ...wanted, datastore: configuration.datastore, configuration: group } },
      { instance: { ...wanted, restorePoint: { backupRef: backup } } },
      { instance: { ...wanted, replica_of: instance } },
      { instance: { configuration: group } },
      { instance: { slave_of: null } },
      ...[{ restart: {} }, { resize: { volume: { size: 2 } } }, { resize: { flavorRef: "2" } }],
      ...[{ databases }, { users }, { user: { name: "ann", password: "x", host: "10.0.0.1" } }],
      { backup: { name: "b2", instance, description: "d", parent_id: backup } },
      { configuration },
      { configuration: { name: "n", values: { max_connections: 1, wait_timeout: 10 } } },
      { security_group_rule: { group_id: secgroup, cidr: "10.0.0.0/8" } },
      { quotas: { instances: 100, volumes: "200", backups: true } },
      ...[{ stop: {} }, { reboot: {} }, { migrate: { host: "h" } }, { "reset-task-status": {} }],
      ...[{ "reset-task": {} }, { add_shard: {} }, { update: {} }],
      { upgrade: { instance_version: "1", location: "x", metadata: { a: 1 } } },
      {
        "configuration-parameter": {
          ...{ name: "odd", data_type: "integer", restart_required: 1 },
          ...{ max_size: "9", min_size: "1" },
        },
      },
      {
        cluster: {
          ...{ name: "c", datastore: { type: "mongodb", version: "2.4" } },
          instances: [node, node, node],
        },
      },
    ];
  }

  requestOf(made: Recipe): Asked {
    const route = troveRoutes[made.route];
    if (route === undefined) throw new Error("no such route");
    let at = 0;
    const path = route.path.replace("/v1.0/{tenant_id}", "").replace(/\{\w+\}/gu, () => {
      const id = this.#ids[(made.ids[at++ % 3] ?? 0) % this.#ids.length] ?? "";
      return encodeURI(id).replaceAll("%25", "%");
    });
    const [, keys] = KEYS.find(([end]) => end.test(route.path)) ?? [];
    const right = this.#bodies.filter((one) => keys?.includes(Object.keys(one as object)[0] ?? ""));
    const { method } = route;
    // What has to be asked with a body is asked with one, mostly.
    const bare = method === "GET" && made.sample % 4 > 0;
    return {
      method,
      url: `${path}${queryOf(made.query)}`,
      body: bare ? undefined : bodyOf(made, right.length === 0 ? [null] : right),
    };
  }
}

describe("junk at Trove", () => {
  it("ends no run, and is answered in the words of the service", () => {
    const bed = new TroveJunkBed();
    bed.cloud.kernel.unchecked.admit();
    const seen = new Set<number>();
    for (const made of fc.sample(recipe, { seed: SEED, numRuns: COUNT })) {
      const asked = bed.requestOf(made);
      const ask = () => bed.ask(asked.method, asked.url, asked.body, made.as);
      seen.add(thrown(bed.cloud.kernel, asked, ask));
    }
    bed.cloud.advance("3m");
    for (const status of [200, 202, 400, 401, 404, 500]) expect(seen).toContain(status);
  });
});
