/**
 * Every sample of doc/api_samples at 2014.2 is held by some exchange, here or in `samples.test.ts`, or is named with the reason why it is
 * not. The list of those does not grow.
 */
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Exchange } from "./asking.js";
import { keptByNova, moved, pretended } from "./elsewhere.js";
import { exchanges } from "./exchanges.js";
import { differences, shapes } from "./shape.js";

/** How many there are. */
const OPEN = 34;

const NETWORK = "nova-network's: Neutron answers 501, or in other words";

/** What holds no sample, by its name, and why. */
const LEFT_OUT: readonly (readonly [samples: RegExp, reason: string])[] = [
  [/^os-(?:cells|cell-capacities)\//u, "there are no cells: nova-api answers 501"],
  [/^os-fping\//u, "there is no fping: nova-api answers 503"],
  [/^os-floating-ip-dns\//u, "Neutron's driver knows no names: nova-api answers 500"],
  [/^os-security-group-default-rules\//u, "Neutron's driver knows none: nova-api answers 501"],
  [/^(?:os-networks|os-extended-networks|os-networks-associate|os-tenant-networks)\//u, NETWORK],
  [/vifs-list-resp\.json$/u, NETWORK],
  [
    /^os-cloudpipe\/cloud-pipe-get-resp/u,
    "where it is to be reached is no attribute of Neutron's networks: nova-api answers 500",
  ],
];

const done = [...exchanges(), ...pretended(), ...moved(), ...keptByNova()];

const nameOf = (sample: string): string => `/${sample}`;

const beside = (sample: string, which: "asks" | "answers"): Exchange | undefined =>
  done.find((exchange) => exchange[which]?.test(nameOf(sample)) === true);

/** Held by the table of `samples.test.ts`. */
const elsewhere = fs.readFileSync(path.join(import.meta.dirname, "samples.test.ts"), "utf8");

/** Some are empty: nothing is asked, or answered. */
const names = Object.keys(shapes).filter((sample) => shapes[sample] !== "null");
const held = (sample: string): boolean =>
  beside(sample, "asks") !== undefined ||
  beside(sample, "answers") !== undefined ||
  elsewhere.includes(`"${sample}"`);

/** What may differ, and why. */
const DEPARTURES: readonly (readonly [line: RegExp, reason: string])[] = [
  [/: too much$/u, "all extensions are loaded here"],
  [/\.metadata\.[^.]+: missing$/u, "its keys are those that somebody has set"],
  [/^\.image\.OS-DCF:diskConfig: missing$/u, "only of an image that says auto_disk_config"],
  [/\.(?:id|volumeId|networkId): num, not str$/u, "Neutron and Cinder name things by UUIDs"],
  [/\.OS-EXT-IMG-SIZE:size: str, not num$/u, "the sample has quotes that the answer has not"],
  [/\.attachments\[0\]\.\w+: missing$/u, "a volume that no server has is attached to {}"],
];

/** What the sample has and the other has not. */
const missing = (sample: string, json: Exchange["answer"]): string[] =>
  differences(shapes[sample] ?? "nothing", json, []).filter(
    (line) => !DEPARTURES.some(([expected]) => expected.test(line)),
  );

describe("each exchange succeeds", () => {
  it("and says so", () => {
    const failed = done
      .filter(({ status }) => status >= 300 && status !== 300)
      .map(
        ({ method, at, status, answer }) =>
          `${method} ${at} ${String(status)} ${JSON.stringify(answer)}`,
      );
    expect(failed).toEqual([]);
  });
});

describe("what is asked has what the sample asks", () => {
  it.each(names.filter((sample) => beside(sample, "asks") !== undefined))("%s", (sample) => {
    expect(missing(sample, beside(sample, "asks")?.body ?? null)).toEqual([]);
  });
});

describe("what is answered has what the sample answers", () => {
  it.each(names.filter((sample) => beside(sample, "answers") !== undefined))("%s", (sample) => {
    expect(missing(sample, beside(sample, "answers")?.answer ?? null)).toEqual([]);
  });
});

describe("samples that nothing holds", () => {
  const open = names.filter((sample) => !held(sample));

  it("are left out for a reason", () => {
    const unnamed = open.filter((sample) => !LEFT_OUT.some(([samples]) => samples.test(sample)));
    expect(unnamed).toEqual([]);
  });

  it("are no more than these", () => {
    expect(open.length).toBeLessThanOrEqual(OPEN);
    expect(LEFT_OUT.filter(([samples]) => !open.some((sample) => samples.test(sample)))).toEqual(
      [],
    );
  });
});
