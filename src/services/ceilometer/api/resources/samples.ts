/**
 * Samples: those of a meter in their old form, all in the new one, and samples that are posted, which go through
 * the API's own pipeline and so are not there at once. One sample is shown to everybody. Upstream:
 * ceilometer/api/controllers/v2.py (MeterController, SamplesController) at 2014.2.
 */
import type { HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { asDict, type Json, type JsonObject } from "../../../../python/index.js";
import { adminContext } from "../../context.js";
import { sampleFlags } from "../../sample.js";
import type { FullSample } from "../../storage/full-sample.js";
import { getSamples } from "../../storage/samples.js";
import type { SampleFilter } from "../../storage/sample-filter.js";
import { isoformat } from "../../times.js";
import { flattened, nested } from "../flatten.js";
import { limitedToProject } from "../policy.js";
import { QUERY_ATTRIBUTES, type Query } from "../query/query.js";
import { queryArguments, SAMPLE_KEYS, type QueryArguments } from "../query/simple.js";
import { bodyOf, ok, route, urlArguments, type CeilometerCall } from "../route.js";
import { attribute, mandatory, readAttributes } from "../wsme/attributes.js";
import { ClientSideError, EntityNotFound, InvalidInput } from "../wsme/errors.js";
import { datetime, float, listOf, text, type DataType } from "../wsme/types.js";

export const sampleRoutes = [
  route("GET", "/v2/meters/{name}", null, oldSamples),
  route("POST", "/v2/meters/{name}", null, post),
  route("GET", "/v2/samples", null, samples),
  route("GET", "/v2/samples/{id}", null, sample),
];

/** What a simple query means, of samples. */
export const sampleFilter = (
  { values, metaquery, ...bounds }: QueryArguments,
  meter?: string,
): SampleFilter => ({ ...values, ...bounds, metaquery, ...(meter !== undefined && { meter }) });

interface ListArguments {
  readonly query: readonly Query[];
  readonly limit: number | null;
}

const listArguments = ({ request }: CeilometerCall): ListArguments =>
  urlArguments(request, (url) => ({
    query: url.things("q", QUERY_ATTRIBUTES),
    limit: url.integer("limit"),
  }));

function found(call: CeilometerCall, meter?: string): FullSample[] {
  const { app, ctxt } = call;
  const { query, limit } = listArguments(call);
  if (limit !== null && limit < 0) throw new ClientSideError("Limit must be positive");
  const asked = queryArguments(app.env.kernel, ctxt, query, SAMPLE_KEYS);
  return getSamples(app.db, sampleFilter(asked, meter), limit);
}

function* oldSamples(call: CeilometerCall<"name">): Op<HttpResponse> {
  const shown = found(call, call.params.name).map((each) => ({
    source: each.source,
    counter_name: each.counter_name,
    counter_type: each.counter_type,
    counter_unit: each.counter_unit,
    counter_volume: each.counter_volume,
    user_id: each.user_id,
    project_id: each.project_id,
    resource_id: each.resource_id,
    timestamp: isoformat(each.timestamp),
    recorded_at: isoformat(each.recorded_at),
    resource_metadata: flattened(each.resource_metadata),
    message_id: each.message_id,
  }));
  return ok(shown);
}

/** A sample in the form that is called new. */
export const sampleView = (each: FullSample): JsonObject => ({
  id: each.message_id,
  meter: each.counter_name,
  type: each.counter_type,
  unit: each.counter_unit,
  volume: each.counter_volume,
  user_id: each.user_id,
  project_id: each.project_id,
  resource_id: each.resource_id,
  source: each.source,
  timestamp: isoformat(each.timestamp),
  recorded_at: isoformat(each.recorded_at),
  metadata: flattened(each.resource_metadata),
});

function* samples(call: CeilometerCall): Op<HttpResponse> {
  return ok(found(call).map(sampleView));
}

function* sample({ app, params: { id }, request }: CeilometerCall<"id">): Op<HttpResponse> {
  urlArguments(request, () => undefined);
  const [first] = getSamples(app.db, { message_id: id });
  if (first === undefined) throw new EntityNotFound("Sample", id);
  return ok(sampleView(first));
}

const TYPES = ["gauge", "delta", "cumulative"];

/** `{text: text}`. @throws AttributeError for what has no items */
const texts: DataType<JsonObject> = (value) => {
  const dict = asDict(value, "items");
  for (const member of Object.values(dict)) if (member !== null) text(member);
  return dict;
};

function* post({ app, ctxt, params, request }: CeilometerCall<"name">): Op<HttpResponse> {
  const { env } = app;
  const attributes = {
    source: attribute(text),
    counter_name: mandatory(text),
    counter_type: mandatory(text),
    counter_unit: mandatory(text),
    counter_volume: mandatory(float),
    user_id: attribute(text),
    project_id: attribute(text),
    resource_id: mandatory(text),
    timestamp: attribute(datetime(env.kernel)),
    recorded_at: attribute(datetime(env.kernel)),
    resource_metadata: attribute(texts),
    message_id: attribute(text),
  };
  const body = bodyOf(request, "samples");
  const read = listOf((each) => readAttributes(attributes, each))(body ?? []);
  const limited = limitedToProject(ctxt);
  const { sample_source } = env.flags.read(sampleFlags);
  const answers = [];
  const published = [];
  for (const each of read) {
    if (each.counter_name !== params.name) {
      throw new InvalidInput("counter_name", each.counter_name, `should be ${params.name}`);
    }
    if (each.message_id !== undefined && each.message_id !== null && each.message_id !== "") {
      throw new InvalidInput("message_id", each.message_id, "The message_id must not be set");
    }
    if (!TYPES.includes(each.counter_type ?? "")) {
      const must = `The counter type must be: ${TYPES.join(", ")}`;
      throw new InvalidInput("counter_type", each.counter_type, must);
    }
    const user_id = orElse(each.user_id, ctxt.user_id);
    const project_id = orElse(each.project_id, ctxt.project_id);
    const source = `${project_id ?? "None"}:${orElse(each.source, sample_source) ?? ""}`;
    const timestamp = orElse(each.timestamp, isoformat(env.utcnow())) ?? "";
    if (limited !== null && limited !== project_id) {
      const why = "can not post samples to other projects";
      throw new InvalidInput("project_id", project_id, why);
    }
    const { resource_metadata: metadata } = each;
    const made = app.pipeline.samples.make({
      name: params.name,
      type: each.counter_type ?? "",
      unit: each.counter_unit ?? "",
      volume: each.counter_volume ?? null,
      user_id,
      project_id,
      resource_id: each.resource_id ?? null,
      timestamp,
      resource_metadata: nested(metadata ?? {}),
      source,
    });
    published.push(made);
    const answer: Record<string, Json | undefined> = {
      ...each,
      ...{ user_id, project_id, source, timestamp, message_id: made.id },
      resource_metadata: metadata ?? {},
    };
    answers.push(answer);
  }
  yield* app.pipeline.publish(adminContext(env), published);
  return ok(answers);
}

/** `a or b`. */
const orElse = (value: string | null | undefined, otherwise: string | null): string | null =>
  value === undefined || value === null || value === "" ? otherwise : value;
