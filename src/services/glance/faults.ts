/** Glance's errors are plain text, as webob writes them. Upstream: webob.exc in glance/common/wsgi.py. */
import { HttpFault, reason, respond, type Application } from "../../http/index.js";

export const imageNotFound = (id: string): HttpFault =>
  new HttpFault(404, `No image found with ID ${id}`);

/** Turns faults, and paths that lead nowhere, into Glance's error body. */
export function withFaults(application: Application): Application {
  return function* (request) {
    try {
      const response = yield* application(request);
      const { status, body } = response;
      const lost = (status === 404 || status === 405) && body === null;
      if (!lost || request.method === "HEAD") return response;
      return respond(status, text(status, "The resource could not be found."));
    } catch (error) {
      if (!(error instanceof HttpFault)) throw error;
      const body = request.method === "HEAD" ? null : text(error.status, error.message);
      return respond(error.status, body, error.headers);
    }
  };
}

const text = (status: number, message: string): string =>
  `${status} ${reason(status)}\n\n${message}\n\n   `;
