/** Glance's errors are plain text, as webob writes them. Upstream: webob.exc in glance/common/wsgi.py. */
import { HttpFault, reason, respond } from "../../http/index.js";
import type { HttpRequest, HttpResponse } from "../../http/index.js";
import type { Exception } from "../../python/index.js";

export const imageNotFound = (id: string): HttpFault =>
  new HttpFault(404, `No image found with ID ${id}`);

/** The body of a fault; other errors are not Glance's to tell. */
export const faultBody = (error: Exception, { method }: HttpRequest): HttpResponse | undefined => {
  if (!(error instanceof HttpFault)) return undefined;
  const body = method === "HEAD" ? null : text(error.status, error.message);
  return respond(error.status, body, error.headers);
};

export const noRoute = (status: 404 | 405, { method }: HttpRequest): HttpResponse =>
  respond(status, method === "HEAD" ? null : text(status, "The resource could not be found."));

const text = (status: number, message: string): string =>
  `${status} ${reason(status)}\n\n${message}\n\n   `;
