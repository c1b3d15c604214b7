/**
 * `npm run bench:heap -- 10000`: clouds made, used and dropped one after another. What is left on the heap
 * after each tenth, garbage collected, must not grow.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Cloud } from "../src/cloud/cloud.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");
const clouds = Number(process.argv[2] ?? 10_000);
const tenth = Math.max(1, Math.floor(clouds / 10));
const BOOT = { name: "t1", flavor: "m1.nano", image: "cirros", networks: ["private"] };
const marks = [];
for (let made = 1; made <= clouds; made++) {
  const cloud = new Cloud({ seed: made });
  // Every tenth has a server too: what a request leaves behind must go as well.
  if (made % 10 === 0) cloud.run(cloud.user("demo").nova.boot(BOOT));
  if (made % tenth !== 0) continue;
  collect();
  const used = process.memoryUsage().heapUsed / 1024 / 1024;
  marks.push(used);
  console.log(`${String(made).padStart(7)} clouds  ${used.toFixed(2)} MB`);
}
// In its first half V8 still compiles; what a cloud leaves behind would go on in the second.
const half = marks[Math.ceil(marks.length / 2) - 1] ?? 0;
const grown = (marks.at(-1) ?? 0) - half;
console.log(`grown by ${grown.toFixed(2)} MB in the second half`);
process.exitCode = grown > 2 ? 1 : 0;
