/**
 * The filters that stand before a service's routes, each an application around the next. Which of
 * them a service has, and in which order, is its own: an id that is drawn before a refusal is not the
 * same as one that is drawn after. Upstream: the filters of each project's api-paste.ini.
 */
import type { Application, HttpRequest, HttpResponse } from "../../http/index.js";
import { caught, done } from "../../kernel/index.js";
import { type Exception } from "../../python/index.js";
import type { Env } from "../process/env.js";

/** A filter of a pipeline. The token's is `authToken`. */
export type Layer = (next: Application) => Application;

/** `layers` in front of `application`; the first is the outermost. */
export const pipeline = (layers: readonly Layer[], application: Application): Application =>
  layers.reduceRight((next, layer) => layer(next), application);

/** Draws the request's id, under which it goes through every service, and tells the client. */
export const requestId =
  (env: Env, header: string): Layer =>
  (next) =>
    function* (request) {
      const id = env.requestId();
      const { current } = env.kernel;
      if (current !== undefined) current.request = id;
      const { status, body, headers } = yield* next(request);
      return { status, body, headers: { ...headers, [header]: id } };
    };

/** Turns what is raised further in into a response; what `answer` has no answer to goes on. */
export const faults =
  (answer: (error: Exception, request: HttpRequest) => HttpResponse | undefined): Layer =>
  (next) =>
    function* (request) {
      try {
        return yield* next(request);
      } catch (thrown) {
        const error = yield* caught(thrown);
        const response = answer(error, request);
        if (response === undefined) throw error;
        return response;
      }
    };

/** Answers what needs nothing of what is further in, such as the list of versions. */
export const shortcut =
  (answer: (request: HttpRequest) => HttpResponse | undefined): Layer =>
  (next) =>
  (request) => {
    const response = answer(request);
    return response === undefined ? next(request) : done(response);
  };
