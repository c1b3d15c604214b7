/**
 * A request of one's own in a scenario: how it is written, and what can be said of it before it runs.
 * `request` has one, `together` several; `run/requests.ts` makes them.
 */
import { z } from "zod";
import { ADDRESS } from "../../clients/index.js";
import { didYouMean } from "../../text/nearest.js";
import { KNOWN, type Known } from "../known.js";
import type { Path } from "../load/path.js";
import type { Problem, Spot } from "../load/problem.js";
import type { Fields, NameUse } from "../verbs/verb.js";
import { line, MATCH_WORDS, name, textMatch, whole } from "./values.js";

/** In the place of a user: who has no token. */
export const NOBODY = "none";

/** Whatever comes of a request. */
export const ANY = "any";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] as const;
const methodRight = `one of ${METHODS.join(", ")}`;

const to = line(255, "a service of the catalog such as neutron or network, or http://host:port");

const path = line(8_192, "a path such as /v2.0/ports").regex(/^\//u, {
  error: "a path that begins with a slash, such as /v2.0/ports",
});

const json = z.json({ error: "JSON: texts, numbers, lists, mappings" });

const keptName = z.string().regex(/^[A-Za-z_][\w-]{0,63}$/u, { error: "a name such as port" });

const keptPath = line(
  255,
  "where it stands in the answer: port.id, ports.0.id, or header:Location",
);

const expected = z
  .strictObject({
    status: z
      .union([whole(100, 599), z.array(whole(100, 599)).min(1).max(20), z.literal(ANY)], {
        error: `a status such as 201, a list of them, or ${ANY}`,
      })
      .optional()
      .meta({
        description: `The status, or one of several; ${ANY}: every one, and no answer as well. Default: any below 400.`,
      }),
    headers: z
      .record(z.string(), textMatch)
      .optional()
      .meta({ description: `Headers of the answer, by name: ${MATCH_WORDS}` }),
    body: json.optional().meta({
      description:
        "What the body must hold: of mappings the keys that are given, all else as it is.",
    }),
    text: textMatch.optional().meta({ description: "What the body must hold as text." }),
    error: textMatch
      .optional()
      .meta({ description: "There must be no answer at all, for this reason: refused, reset." }),
  })
  .refine(({ error, ...answer }) => error === undefined || Object.keys(answer).length === 0, {
    error: "error: alone (there is no answer then), or what the answer must be",
  })
  .meta({ if: { required: ["error"] }, then: { maxProperties: 1 } });

const asked = z
  .strictObject({
    as: name.optional().meta({
      description: `Whose token it carries; ${NOBODY}: without a token. Default: demo.`,
    }),
    from: name.optional().meta({
      description:
        "The server whose guest asks, without a token, as cloud-init does: of http://169.254.169.254.",
    }),
    to: to.meta({
      description: "The service: its name or type in the catalog, or its address.",
      anyOf: [{ enum: KNOWN.services }, { pattern: ADDRESS.source }],
    }),
    method: z
      .enum(METHODS, { error: methodRight })
      .optional()
      .meta({ description: "Default: GET." }),
    path: path.meta({
      description:
        "From the service's root if it begins with a version (/v2.0/ports), else from its URL in the catalog (/servers).",
    }),
    headers: z
      .record(z.string().min(1).max(255), line(8_192))
      .optional()
      .meta({ description: "Headers beside those that every request has, by name." }),
    body: json.optional().meta({ description: "The body, as JSON." }),
    expect: expected.optional().meta({ description: "What must come back." }),
    keep: z
      .record(keptName, keptPath)
      .optional()
      .meta({
        description: "Parts of the answer by a name: {{name}} stands for them in later steps.",
        examples: [{ port: "port.id" }],
      }),
  })
  .refine(({ as, from }) => as === undefined || from === undefined, {
    error: "as: or from: alone (a guest has no token)",
  })
  .meta({
    description: "One request to a service, as it is; no client stands between.",
    not: { required: ["as", "from"] },
  });

export const request = { request: asked };

export type Request = Fields<typeof request>["request"];

export const requestText = ({ as, from = as, to, method = "GET", path }: Request): string =>
  `${from === undefined ? "" : `(${from}) `}${method} ${path} of ${to}`;

/** Who makes it, what it names and what it keeps; `at` leads to the request. */
export function requestNames(written: Request, at: Path): NameUse[] {
  const { as, from, expect, keep = {} } = written;
  const uses: NameUse[] =
    as === undefined || as === NOBODY ? [] : [{ what: "user", name: as, at: [...at, "as"] }];
  if (from !== undefined) uses.push({ what: "server", name: from, at: [...at, "from"] });
  for (const key of ["path", "headers", "body"] as const) {
    uses.push(...references(written[key], [...at, key]));
  }
  for (const key of ["headers", "body", "text"] as const) {
    uses.push(...references(expect?.[key], [...at, "expect", key]));
  }
  for (const name of Object.keys(keep)) {
    uses.push({ what: "kept value", name, at: [...at, "keep", name], makes: "one" });
  }
  return uses;
}

/** Kinds of things whose names can be told before a run. */
const CHECKED = ["server", "image", "flavor", "network", "user"] as const;

/** What `{{server t1}}` and `{{port}}` in the texts of `value` name. */
function references(value: unknown, at: Path): NameUse[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => references(item, [...at, i]));
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, item]) => [
      ...references(key, [...at, key]),
      ...references(item, [...at, key]),
    ]);
  }
  if (typeof value !== "string") return [];
  return [...value.matchAll(/\{\{([^{}]*)\}\}/gu)].flatMap(([, inside = ""]): NameUse[] => {
    const [word = "", ...rest] = inside.trim().split(/\s+/u);
    // `{{n}}` is the turn of a repeat.
    if (rest.length === 0) return word === "n" ? [] : [{ what: "kept value", name: word, at }];
    const what = CHECKED.find((kind) => kind === word);
    return what === undefined ? [] : [{ what, name: rest.join(" "), at }];
  });
}

/** The only address at which somebody listens to guests. */
const METADATA = "http://169.254.169.254";

/** A service that there is not, or that a guest cannot ask. */
export function requestProblems({ from, to }: Request, known: Known, at: Path): Problem<Spot>[] {
  if (from !== undefined && to !== METADATA) {
    const message = `a guest cannot ask "${to}": of its packets, only those to ${METADATA} are followed`;
    const hint = `Write to: ${METADATA}, or leave out from:.`;
    return [{ severity: "error", message, hint, place: { path: [...at, "to"], word: to } }];
  }
  if (ADDRESS.test(to) || known.services.includes(to)) return [];
  return [
    {
      severity: "error",
      message: `there is no service "${to}"`,
      hint: didYouMean(to, known.services) ?? `Services are ${known.services.join(", ")}.`,
      place: { path: [...at, "to"], word: to },
    },
  ];
}
