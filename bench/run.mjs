/**
 * `npm run bench [-- NAME...] [--beside DIR] [--json] [--rounds N]`: the speed of the kernel, the bus and whole boots on
 * this machine, now. With `--beside DIR` the bare-kernel sketches in DIR run in turn with ours, and so
 * does oslo.messaging's in-process driver where Debian's python3-oslo.messaging is installed; the
 * ratio is told: on a shared machine only figures of one run can be compared.
 */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { bootBenches } from "./boots.mjs";
import { cloudBenches } from "./clouds.mjs";
import { kernelBenches } from "./kernel.mjs";
import { measure } from "./measure.mjs";
import { rpcBenches } from "./rpc.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    beside: { type: "string" },
    json: { type: "boolean", default: false },
    rounds: { type: "string", default: "5" },
  },
});

/** Without a folder of sketches, ours run alone. */
const sketches = values.beside === undefined ? undefined : path.resolve(values.beside);
const rounds = Number(values.rounds);
const all = [...kernelBenches, ...rpcBenches, ...cloudBenches, ...bootBenches];
const wanted = all.filter(
  ({ name }) => positionals.length === 0 || positionals.some((word) => name.includes(word)),
);
if (wanted.length === 0) {
  console.error(`no bench is named like ${positionals.join(", ")}; there are:`);
  for (const { name } of all) console.error(`  ${name}`);
  process.exit(2);
}

/** What a sketch does in the same minute, per second; undefined if it is not there. */
function sketch([file, only]) {
  const program = sketches && path.join(sketches, file);
  if (program === undefined || !existsSync(program)) return undefined;
  const output = execFileSync(process.execPath, [program, "--only", only, "--rounds", "3"], {
    encoding: "utf8",
  });
  return JSON.parse(output.trim().split("\n").at(-1)).per_s;
}

/** What oslo.messaging does on its eventlet executor, its poll sleep replaced by an event. */
function oslo(workload) {
  const program = sketches && path.join(sketches, "oslo_fake.py");
  if (program === undefined || !existsSync(program)) return undefined;
  const options = ["--executor", "eventlet", "--poll", "event", "--clients", "10", "--rounds", "3"];
  const wanted = ["--workload", workload, "--n", "15000"];
  try {
    const output = execFileSync("/usr/bin/python3", [program, ...options, ...wanted], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return JSON.parse(output.trim().split("\n").at(-1)).per_s;
  } catch {
    // It is not installed.
    return undefined;
  }
}

const shown = (n) => Math.round(n).toLocaleString("en").padStart(12);
for (const bench of wanted) {
  const { name, unit, per_s, min, max } = measure(bench, { rounds });
  const beside = bench.sketch && sketch(bench.sketch);
  const ratio = beside && per_s / beside;
  const peer = bench.peer && oslo(bench.peer);
  const times = peer && per_s / peer;
  if (values.json) {
    console.log(
      JSON.stringify({
        bench: name,
        unit,
        per_s,
        min,
        max,
        sketch: beside,
        ratio,
        oslo: peer,
        times,
      }),
    );
    continue;
  }
  const comparison = beside ? `   ${ratio.toFixed(2)} of the sketch's ${shown(beside).trim()}` : "";
  const multiple = peer ? `, ${times.toFixed(0)} times oslo.messaging's ${shown(peer).trim()}` : "";
  console.log(`${name.padEnd(36)}${shown(per_s)} ${unit}/s${comparison}${multiple}`);
}
