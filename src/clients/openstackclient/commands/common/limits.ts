/**
 * `limits show`: what one's own project may have of Nova's and Cinder's, or how often it may ask. Without a word
 * which of them, both services are asked and nothing is shown. Upstream: openstackclient/common/limits.py, 0.4.1;
 * novaclient/v1_1/limits.py, 2.20.0; cinderclient/v1/limits.py, 1.1.1.
 */
import { dictOrder, isObject, type Json, type JsonObject } from "../../../../python/index.js";
import { flagOption } from "../../../openstack/options.js";
import { lister } from "../../output.js";

type Row = readonly Json[];

const absolute = (limits: JsonObject): Row[] => {
  const values = isObject(limits["absolute"]) ? limits["absolute"] : {};
  return dictOrder(Object.keys(values)).map((name) => [name, values[name] ?? null]);
};

const objectsIn = (list: Json | undefined): JsonObject[] =>
  Array.isArray(list) ? (list as readonly Json[]).filter(isObject) : [];

const RATE = ["verb", null, "value", "remaining", "unit", "next-available"] as const;

const rate = (limits: JsonObject): Row[] =>
  objectsIn(limits["rate"]).flatMap((group) =>
    objectsIn(group["limit"]).map((limit) =>
      RATE.map((key) => (key === null ? group["uri"] : limit[key]) ?? null),
    ),
  );

export const showLimits = lister(
  {
    name: "limits show",
    about: "Show what a project may have of servers and volumes.",
    options: [
      { ...flagOption("--absolute", "How much there may be."), dest: "is_absolute", group: "type" },
      { ...flagOption("--rate", "How often it may ask."), dest: "is_rate", group: "type" },
      { ...flagOption("--reserved", "Count what is reserved, too."), dest: "is_reserved" },
    ],
  },
  function* ({ compute, volume }, args) {
    const both = [
      yield* compute.limits({ reserved: args.flag("is_reserved") }),
      yield* volume.limits.get(),
    ];
    if (args.flag("is_absolute")) {
      return { columns: ["Name", "Value"], rows: both.flatMap(absolute) };
    }
    if (args.flag("is_rate")) {
      const columns = ["Verb", "URI", "Value", "Remain", "Unit", "Next Available"];
      return { columns, rows: both.flatMap(rate) };
    }
    return { columns: [], rows: [] };
  },
);
