/**
 * Meters of resources, and statistics of a meter. Upstream: ceilometer/api/controllers/v2.py (MetersController,
 * Meter, MeterController.statistics, Statistics) at 2014.2.
 */
import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { b64encode, dictOrder, repr, type JsonObject } from "../../../../python/index.js";
import type { Aggregate } from "../../storage/aggregates.js";
import type { CeilometerDatabase } from "../../storage/database.js";
import { getMeters } from "../../storage/samples.js";
import { getStatistics, type StatisticsRow } from "../../storage/statistics.js";
import { isoformat } from "../../times.js";
import { opOf, QUERY_ATTRIBUTES, type Query } from "../query/query.js";
import { METER_KEYS, queryArguments, SAMPLE_KEYS, timeOf } from "../query/simple.js";
import { ok, route, urlArguments, type CeilometerCall } from "../route.js";
import { ClientSideError, UnknownArgument } from "../wsme/errors.js";
import { sampleFilter } from "./samples.js";

export const meterRoutes = [
  route("GET", "/v2/meters", null, meters),
  route("GET", "/v2/meters/{name}/statistics", null, statistics),
];

function* meters({ app, ctxt, request }: CeilometerCall): Op<HttpResponse> {
  const query = urlArguments(request, (url) => url.things("q", QUERY_ATTRIBUTES));
  const options = { timestamps: false };
  const asked = queryArguments(app.env.kernel, ctxt, query, METER_KEYS, options);
  return ok(
    getMeters(app.db, sampleFilter(asked)).map((meter) => ({
      name: meter.counter_name,
      type: meter.counter_type,
      unit: meter.counter_unit,
      resource_id: meter.resource_id,
      project_id: meter.project_id,
      user_id: meter.user_id,
      source: meter.source,
      meter_id: encodestring(`${meter.resource_id}+${meter.counter_name}`),
    })),
  );
}

/** `base64.encodestring`: a line for each 57 bytes, and each line ends. */
const encodestring = (value: string): string =>
  b64encode(utf8ToBytes(value)).replace(/.{1,76}/g, "$&\n");

const GROUPS = ["user_id", "resource_id", "project_id", "source"];

function* statistics({ app, ctxt, params, request }: CeilometerCall<"name">): Op<HttpResponse> {
  const { kernel } = app.env;
  const asked = urlArguments(request, (url) => ({
    query: url.things("q", QUERY_ATTRIBUTES),
    groupby: url.texts("groupby").map((name) => name ?? "None"),
    period: url.integer("period"),
    aggregate: url.things("aggregate", ["func", "param"]),
  }));
  if (asked.period !== null && asked.period < 0) {
    throw new ClientSideError("Period must be positive.");
  }
  const read = queryArguments(kernel, ctxt, asked.query, SAMPLE_KEYS);
  const rows = getStatistics(
    app.db,
    sampleFilter(read, params.name),
    asked.period,
    groupFields(asked.groupby),
    unique(
      asked.aggregate.map(({ func, param }) => ({ func: func ?? "None", param: param ?? null })),
    ),
  );
  return ok(rows.map((row) => statisticsView(app.db, row, boundsOf(asked.query))));

  function boundsOf(query: readonly Query[]): Bounds {
    let bounds: Bounds = {};
    for (const condition of query) {
      const { field, value } = condition;
      if (field !== "timestamp" || value === undefined || value === null) continue;
      const at = timeOf(kernel, value);
      const last = opOf(condition).startsWith("l");
      bounds = last ? { ...bounds, end: at } : { ...bounds, start: at };
    }
    return bounds;
  }
}

/** @throws UnknownArgument */
function groupFields(groupby: readonly string[]): readonly string[] {
  const fields = dictOrder(groupby);
  const invalid = fields.filter((name) => !GROUPS.includes(name));
  if (invalid.length === 0) return fields;
  throw new UnknownArgument(`set(${repr(invalid)})`, "Invalid groupby fields");
}

function unique(aggregate: readonly Aggregate[]): readonly Aggregate[] {
  const seen = new Set<string>();
  return aggregate.filter(({ func, param }) => {
    const key = `${func}/${param ?? ""}`;
    return !seen.has(key) && seen.add(key);
  });
}

interface Bounds {
  readonly start?: string;
  readonly end?: string;
}

/** What lies outside the bounds that were asked for is cut off; if nothing is left, there is no duration. */
function statisticsView(
  { kernel: { calendar } }: CeilometerDatabase,
  row: StatisticsRow,
  { start, end }: Bounds,
): JsonObject {
  const from = start !== undefined && row.duration_start < start ? start : row.duration_start;
  const to = end !== undefined && row.duration_end > end ? end : row.duration_end;
  const valid = from <= to;
  return {
    groupby: row.groupby,
    unit: row.unit,
    ...row.values,
    ...(row.aggregate !== undefined && { aggregate: row.aggregate }),
    duration: valid ? (calendar.parse(to) - calendar.parse(from)) / 1e6 : null,
    duration_start: valid ? isoformat(from) : null,
    duration_end: valid ? isoformat(to) : null,
    period: row.period,
    period_start: isoformat(row.period_start),
    period_end: isoformat(row.period_end),
  };
}
