/**
 * A workflow: several steps of a form in one dialogue. Each is built, which asks for its choices, and cleaned before the next
 * one is built; what is wrong in any of them shows the whole again. Upstream: horizon/workflows/base.py, views.py at 2014.2.
 */
import { caught, type Op } from "../../../kernel/index.js";
import { respond, type Query } from "../../../http/index.js";
import { parseInteger, type Json } from "../../../python/index.js";
import { page, redirect, type Answer } from "../web/answer.js";
import { handle } from "../web/exceptions.js";
import type { HorizonRequest } from "../web/request.js";
import { cleanFields, shownField, type Cleaned, type Errors, type Field } from "./field.js";

export interface Step {
  /** `Access & Security`. */
  readonly name: string;
  /** By which a wizard is told what is wrong in it. */
  readonly slug?: string;
  /** Its fields, with their choices as services have them now. */
  readonly fields: (request: HorizonRequest) => Op<readonly Field[]>;
  /** What is wrong with what each field has nothing against. */
  readonly clean?: (request: HorizonRequest, cleaned: Cleaned, errors: Errors) => Op<void>;
  /** What its help text asks for when it is shown. */
  readonly help?: (request: HorizonRequest) => Op<void>;
}

export interface Workflow {
  readonly title: string;
  /** What its button says. */
  readonly submit: string;
  readonly steps: readonly Step[];
  /** Each step is validated by itself before the next one is shown. */
  readonly wizard?: boolean;
  /** @returns whether it was done; why not, is among the messages */
  readonly handle: (request: HorizonRequest, cleaned: Cleaned) => Op<boolean>;
  readonly success: (cleaned: Cleaned) => string;
  readonly failure: (cleaned: Cleaned) => string;
  readonly successUrl: string;
}

export function* workflowView(request: HorizonRequest, workflow: Workflow): Op<Answer> {
  const { post, method } = request;
  const asked = stepsAsked(request);
  if (asked !== undefined) return yield* validated(request, workflow, asked);
  const errors: Errors = new Map();
  const fields: (readonly [Step, Field])[] = [];
  const cleaned: Record<string, Cleaned[string]> = {};
  for (const step of workflow.steps) {
    const own = yield* step.fields(request);
    fields.push(...own.map((field) => [step, field] as const));
    if (method !== "POST") continue;
    const values = cleanFields(own, post, errors);
    if (step.clean !== undefined) yield* step.clean(request, values, errors);
    Object.assign(cleaned, values);
  }
  if (method !== "POST" || errors.size > 0) {
    return shown(request, workflow, fields, errors, method === "POST" ? post : undefined);
  }
  let done = false;
  try {
    done = yield* workflow.handle(request, cleaned);
  } catch (thrown) {
    handle(request, yield* caught(thrown));
  }
  if (done) request.message("success", workflow.success(cleaned));
  else request.message("error", workflow.failure(cleaned));
  return redirect(request.query.get("next") ?? workflow.successUrl);
}

/** Of a wizard's `Next`: the numbers of the first and the last step to be looked at. */
function stepsAsked({ method, http }: HorizonRequest): readonly [number, number] | undefined {
  const start = parseInteger(http.headers["x-horizon-validate-step-start"] ?? "");
  const end = parseInteger(http.headers["x-horizon-validate-step-end"] ?? "");
  if (method !== "POST" || start === undefined || end === undefined) return undefined;
  return [start, end];
}

/** All steps are built, and those that were asked for are cleaned. Upstream: `validate_steps`. */
function* validated(
  request: HorizonRequest,
  { steps }: Workflow,
  [start, end]: readonly [number, number],
): Op<Answer> {
  const built: [Step, readonly Field[]][] = [];
  for (const step of steps) built.push([step, yield* step.fields(request)]);
  const wrong: Record<string, Json> = {};
  for (const [step, fields] of built.slice(start, end + 1)) {
    const errors: Errors = new Map();
    const values = cleanFields(fields, request.post, errors);
    if (step.clean !== undefined) yield* step.clean(request, values, errors);
    if (errors.size === 0) continue;
    wrong[step.slug ?? ""] = Object.fromEntries(
      [...errors].map(([name, texts]) => [name === "" ? "__all__" : name, texts]),
    );
  }
  const body = { has_errors: Object.keys(wrong).length > 0, errors: wrong };
  return { kind: "raw", response: respond(200, body, { "content-type": "application/json" }) };
}

const shown = (
  request: HorizonRequest,
  { title, submit, steps, wizard = false }: Workflow,
  fields: readonly (readonly [Step, Field])[],
  errors: Errors,
  post: Query | undefined,
): Answer =>
  page(title, function* () {
    for (const { help } of steps) if (help !== undefined) yield* help(request);
    const form = {
      kind: "form" as const,
      title,
      submit,
      action: request.fullPath,
      fields: fields.map(([{ name: step }, field]) => ({
        ...shownField(field, post, errors),
        step,
      })),
      errors: errors.get("") ?? [],
      ...(wizard && { wizard: steps.length }),
    };
    return [form];
  });
