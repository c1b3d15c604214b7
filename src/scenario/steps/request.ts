/** `request:` A user asks a service, and the scenario goes on when it has answered. */
import { askRequest } from "../run/requests.js";
import { finish } from "../run/asked.js";
import {
  request as schema,
  requestNames,
  requestProblems,
  requestText,
} from "../schema/request.js";
import { verb } from "../verbs/verb.js";

export const request = verb({
  key: "request",
  schema,
  text: (step) => requestText(step.request),
  names: (step) => requestNames(step.request, ["request"]),
  problems: (step, known) => requestProblems(step.request, known, ["request"]),
  run: (context, step) => finish(context, [askRequest(context, step.request)]),
});
