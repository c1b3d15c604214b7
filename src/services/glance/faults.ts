/**
 * Glance's errors are pages: HTML for whoever accepts it, as a client that says `Accept` of anything does,
 * else plain text. There is no JSON among them. Upstream: webob 1.2 (exc.py, WSGIHTTPException) under
 * glance/common/wsgi.py.
 */
import { HttpFault, reason, respond } from "../../http/index.js";
import type { HttpRequest, HttpResponse } from "../../http/index.js";
import type { Exception } from "../../python/index.js";

/** What webob says where Glance says nothing. */
export const WORDS = {
  forbidden: "Access was denied to this resource.",
  notFound: "The resource could not be found.",
} as const;

/** The body of a fault; other errors are not Glance's to tell. */
export const faultBody = (error: Exception, request: HttpRequest): HttpResponse | undefined => {
  if (!(error instanceof HttpFault)) return undefined;
  return page(error.status, error.message, request, error.headers);
};

export const noRoute = (status: 404 | 405, request: HttpRequest): HttpResponse => {
  // Routes tells a path with a slash behind it from one without.
  const slash = request.path.length > 1 && request.path.endsWith("/");
  if (status === 404 || slash) return page(404, WORDS.notFound, request);
  return page(405, `The method ${request.method} is not allowed for this resource. `, request);
};

/** A page that says one thing, where Glance gives webob the words around it as well. */
export function barePage(
  status: number,
  explanation: string,
  request: HttpRequest,
  more: HttpResponse["headers"] = {},
): HttpResponse {
  const title = `${String(status)} ${reason(status)}`;
  const text = wantsHtml(request)
    ? framed(title, escaped(explanation))
    : `${title}\n\n${explanation}`;
  return respond(status, text, more);
}

function page(
  status: number,
  explanation: string,
  request: HttpRequest,
  more: HttpResponse["headers"] = {},
): HttpResponse {
  if (request.method === "HEAD" || status === 204) return respond(status, null, more);
  const title = `${String(status)} ${reason(status)}`;
  return respond(
    status,
    wantsHtml(request) ? htmlPage(title, explanation) : plainPage(title, explanation),
    more,
  );
}

function wantsHtml({ headers }: HttpRequest): boolean {
  const accept = headers["accept"] ?? "";
  return accept.includes("html") || accept.includes("*/*");
}

const plainPage = (title: string, explanation: string): string =>
  `${title}\n\n${explanation}\n\n   `;

const htmlPage = (title: string, explanation: string): string =>
  framed(title, `${escaped(explanation)}<br /><br />\n\n\n`);

const framed = (title: string, text: string): string =>
  `<html>\n <head>\n  <title>${title}</title>\n </head>\n <body>\n  <h1>${title}</h1>\n` +
  `  ${text}\n </body>\n</html>`;

const escaped = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
