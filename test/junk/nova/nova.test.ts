/**
 * Bodies that are wrong in one place, at every route of Nova's that takes one: whatever comes is answered with a
 * 4xx of Juno's, or with a 5xx where Juno itself raises one (`raised.ts` has the line). A fifth of them in a suite,
 * all of them with `npm run junk`, where each line of that table must have been raised as well.
 */
import { describe, expect, it } from "vitest";
import type { Json } from "../../../src/python/index.js";
import { restServices } from "../../docs/rest.js";
import { NovaJunkBed } from "./nova-bed.js";
import { RAISED, type Raised } from "./raised.js";
import { RIGHT, type Right } from "./right.js";
import { wrongs } from "./wrong.js";

const WHOLE = process.env["JUNK"] !== undefined;
/** One of so many is sent. */
const STRIDE = WHOLE ? 1 : 5;
/** As many as one cloud takes: what was made by accident is in the way of the next. */
const AT_ONE_CLOUD = WHOLE ? 150 : 1_000;

/** `POST /servers/{server}/action rebuild`. */
function nameOf({ method, path, body }: Right): string {
  const [action] = path.endsWith("/action") ? Object.keys(body as object) : [];
  return [method, path, ...(action === undefined ? [] : [action])].join(" ");
}

interface Sent {
  readonly right: Right;
  readonly body: Json | undefined;
}

const ALL = RIGHT.flatMap((right) =>
  wrongs(right.body).map((body): Sent => ({ right, body })),
).filter((_, at) => at % STRIDE === 0);

describe(`${String(ALL.length)} bodies that are wrong in one place`, () => {
  it("are answered as Juno answers them, and with 5xx only where it does", () => {
    const met = new Set<Raised>();
    const unknown: string[] = [];
    let bed: NovaJunkBed | undefined;
    for (const [at, { right, body }] of ALL.entries()) {
      if (at % AT_ONE_CLOUD === 0) bed = undefined;
      bed ??= new NovaJunkBed();
      const { status, said } = bed.send(right, body);
      if (status < 500) continue;
      const name = nameOf(right);
      const found = RAISED.find(({ at: place, says }) => place === name && says.test(said));
      if (found !== undefined) met.add(found);
      else unknown.push(`${name} ${JSON.stringify(body)}: ${String(status)} ${said}`);
    }
    expect(unknown).toEqual([]);
    if (WHOLE) expect(RAISED.filter((raised) => !met.has(raised))).toEqual([]);
    else expect(met.size).toBeGreaterThan(RAISED.length / 2);
  });
});

describe("the bodies that are right", () => {
  it("are there for every route of Nova's that takes one", () => {
    const routes = restServices().get("nova-api") ?? [];
    const wanted = routes.filter(({ method }) => method === "POST" || method === "PUT");
    expect(wanted.length).toBeGreaterThan(40);
    const without = wanted.filter(({ method, path }) => {
      const like = new RegExp(`^${path.replace(/\{\w+\}/gu, "[^/]+")}$`, "u");
      return !RIGHT.some(
        (right) => right.method === method && like.test(`/v2/{tenant_id}${right.path}`),
      );
    });
    expect(without.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  it("have a line of upstream's source for each answer that is no 4xx", () => {
    for (const { because } of RAISED) expect(because).toMatch(/^nova\/[\w/]+\.py\b/u);
  });
});
