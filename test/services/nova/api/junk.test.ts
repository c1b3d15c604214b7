/**
 * Junk in requests about servers: whatever comes, the answer is one of Juno's kinds, and no mistake of
 * the simulator ends the run.
 */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Json } from "../../../../src/python/index.js";
import { ApiBed, IMAGE, NETWORK, NOWHERE } from "./bed.js";

const KEYS = [
  ...["name", "imageRef", "flavorRef", "adminPass", "personality", "security_groups", "networks"],
  ...["accessIPv4", "accessIPv6", "key_name", "user_data", "availability_zone", "config_drive"],
  ...["block_device_mapping", "block_device_mapping_v2", "min_count", "max_count", "metadata"],
  ...["return_reservation_id", "OS-DCF:diskConfig", "auto_disk_config", "hostId", "__proto__"],
];
const INNER = [
  ...["name", "uuid", "port", "fixed_ip", "path", "contents", "device_name", "volume_id"],
  ...["volume_size", "source_type", "destination_type", "boot_index", "no_device", "state"],
];
const leaf: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, 1, -1, 2.5, 1e300, "", "1", "x", "ü", "a:b", "::"),
  fc.constantFrom<Json>(
    IMAGE,
    NETWORK,
    NOWHERE,
    "YQ==",
    "AUTO",
    "image",
    "blank",
    "local",
    "10.0.0.1",
  ),
  fc.constantFrom<Json>("<script>", "../..", "%(net)s", "nova", "default", "vda", "\ud800"),
);
const { junk } = fc.letrec<{ junk: Json }>((tie) => ({
  junk: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.array(tie("junk"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...INNER, "__proto__", "k"), tie("junk"), { maxKeys: 5 }),
  ),
}));
const server = fc
  .dictionary(fc.constantFrom(...KEYS), junk, { maxKeys: 4 })
  .map((values): Json => ({ name: "t", imageRef: IMAGE, flavorRef: "1", ...values }));
const body = fc.oneof(
  junk,
  server.map((value): Json => ({ server: value })),
  fc.tuple(server, junk).map(([value, hints]): Json => {
    return { server: value, "os:scheduler_hints": hints };
  }),
);
const query = fc
  .array(
    fc.tuple(
      fc.constantFrom(
        ...["name", "status", "limit", "marker", "changes-since", "all_tenants", "deleted", "ip"],
        ...["flavor", "image", "tenant_id", "metadata", "host", "locked", "page_size", "ip6", "id"],
      ),
      fc.oneof(
        fc.constantFrom(
          "",
          "0",
          "-1",
          "1",
          "x",
          "[",
          "(a",
          "a|b",
          "\\",
          "true",
          "2014",
          "{}",
          "[1]",
        ),
        fc.string({ maxLength: 6 }),
      ),
    ),
    { maxLength: 4 },
  )
  .map((pairs) => pairs.map((pair) => pair.map(encodeURIComponent).join("=")).join("&"));

const ANSWERS = [200, 202, 204, 400, 403, 404, 409, 413, 422, 500];

it("answers any body and any query", { timeout: 120_000 }, () => {
  const bed = new ApiBed({ quota_instances: -1, quota_cores: -1, quota_ram: -1 });
  const id = bed.active();
  const ask = (method: string, path: string, sent?: Json, as = bed.demo): void => {
    const { status, body: answer } = bed.ask(method, path, sent, as);
    expect(ANSWERS).toContain(status);
    if (status >= 400) expect(Object.keys(answer as object)).toHaveLength(1);
  };
  fc.assert(
    fc.property(body, query, junk, (sent, asked, argument) => {
      ask("POST", "/servers", sent);
      ask("PUT", `/servers/${id}`, sent);
      ask("POST", `/servers/${id}/action`, sent);
      ask("POST", `/servers/${id}/action`, { "os-resetState": argument }, bed.admin);
      ask("GET", `/servers?${asked}`);
      ask("GET", `/servers/detail?${asked}`, undefined, bed.admin);
      bed.forget();
    }),
    { numRuns: 120, seed: 7 },
  );
  expect(bed.ask("GET", `/servers/${id}`).status).toBe(200);
});
