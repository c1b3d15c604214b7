/**
 * Junk at Swift: accounts, containers and objects that there are and that there are not are asked for with
 * headers, queries and bodies of all sorts (what holds of each: `thrown.ts`). Its paths are no table of routes, so they are made here.
 * Upstream: swift/proxy/server.py (get_controller) at 2.2.0.
 */
import fc from "fast-check";
import { expect, it } from "vitest";
import { SwiftBed } from "../services/swift/bed.js";
import { BATCH, COUNT, SEED } from "./bed.js";
import { queryOf } from "./recipe.js";
import { thrown } from "./thrown.js";
import { junk } from "./values.js";

const ODD = [
  "",
  "-1",
  "0",
  "1",
  "abc",
  "1e309",
  "None",
  "(",
  "é",
  "true",
  "__proto__",
  "%00",
  "%ff",
];
const LONG = ["x".repeat(300), "a/b/c", "../..", "a,b", "/c/o", "c/o2", "9223372036854775808"];
const value = fc.oneof(fc.constantFrom(...ODD, ...LONG), fc.string({ maxLength: 8 }));

const names = fc.constantFrom("c", "c", "c", "d", "none", "__proto__", "é", "x".repeat(257), "..");
const objects = fc.constantFrom(
  "o",
  "o",
  "large",
  "none",
  "a/b",
  "__proto__",
  "y".repeat(1025),
  "",
);

const HEADERS = [
  ...["X-Timestamp", "X-Delete-At", "X-Delete-After", "X-Copy-From", "X-Copy-From-Account"],
  ...["Destination", "Destination-Account", "Range", "If-Match", "If-None-Match", "ETag"],
  ...["If-Modified-Since", "If-Unmodified-Since", "Content-Type", "Content-Length", "Accept"],
  ...["X-Object-Manifest", "X-Container-Read", "X-Container-Write", "X-Versions-Location"],
  ...["X-Container-Meta-Quota-Bytes", "X-Container-Meta-Quota-Count", "X-Account-Meta-a"],
  ...["X-Account-Meta-Temp-URL-Key", "X-Container-Sync-To", "X-Remove-Container-Meta-a"],
  ...["X-Object-Meta-__proto__", "X-Newest", "X-Storage-Policy", "Transfer-Encoding", "Host"],
  ...["X-Fresh-Metadata", "X-Backend-Storage-Policy-Index", "Content-Encoding", "X-Auth-Token"],
];
const QUERIES = [
  ...["limit", "marker", "end_marker", "prefix", "delimiter", "path", "format", "reverse"],
  ...["multipart-manifest", "bulk-delete", "extract-archive", "temp_url_sig", "temp_url_expires"],
  ...["filename", "inline", "__proto__"],
];

const recipe = fc.record({
  method: fc.constantFrom("GET", "HEAD", "PUT", "POST", "DELETE", "COPY", "OPTIONS", "REPLICATE"),
  start: fc.constantFrom("/v1", "/v1", "/v1", "/v1", "/v1", "/v1.0", "/info", "", "//", "/v2"),
  account: fc.constantFrom("own", "own", "own", "own", "AUTH_x", "x", "", "__proto__", ".expiring"),
  depth: fc.nat({ max: 2 }),
  container: names,
  object: objects,
  headers: fc.array(fc.tuple(fc.constantFrom(...HEADERS), value), { maxLength: 3 }),
  query: fc.array(fc.tuple(fc.constantFrom(...QUERIES), value), { maxLength: 2 }),
  body: fc.oneof(fc.constantFrom(undefined, "", "text", "/c/o\n/c/%00"), junk),
});
type Recipe = typeof recipe extends fc.Arbitrary<infer R> ? R : never;

function thrownAll(recipes: readonly Recipe[]): number[] {
  const bed = new SwiftBed();
  const { unchecked } = bed.kernel;
  bed.swift("PUT", "/c");
  bed.swift("PUT", "/d", { headers: { "x-container-read": ".r:*,.rlistings" } });
  bed.swift("PUT", "/c/o", { body: "meow" });
  bed.swift("PUT", "/c/large", { headers: { "x-object-manifest": "c/o" } });
  unchecked.admit();
  return recipes.map((made) => {
    const account = made.account === "own" ? bed.account() : made.account;
    const parts = [account, made.container, made.object].slice(0, made.depth + 1);
    const path = `${made.start}/${parts.map(encodeURI).join("/")}${queryOf(made.query)}`;
    const headers = Object.fromEntries(made.headers);
    const { method, body } = made;
    const before = unchecked.count;
    const status = thrown(bed.kernel, { method, url: path, body }, () =>
      bed.as(bed.admin, method, path, { headers, ...(body !== undefined && { body }) }),
    );
    expect(unchecked.errors.slice(before), JSON.stringify({ method, path, headers })).toEqual([]);
    return status;
  });
}

const batch = fc.array(recipe, { minLength: BATCH, maxLength: BATCH });

it("ends no run of Swift's, and is answered in its words", () => {
  const seen = new Set<number>();
  fc.assert(
    fc.property(batch, (recipes) => {
      for (const status of thrownAll(recipes)) seen.add(status);
    }),
    { seed: SEED, numRuns: Math.ceil(COUNT / BATCH), endOnFailure: true },
  );
  // It gets past the door, and to what is refused further in.
  expect([...seen]).toEqual(expect.arrayContaining([200, 201, 204, 404, 405, 412]));
});
