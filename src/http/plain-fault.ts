/**
 * An error as webob writes it for who asks for no HTML: the status, an explanation, and the blank end of
 * its template. Upstream: WebOb 1.3, plain_template_obj of its errors.
 */
import { explanation, reason } from "./fault.js";
import { respond, type HttpResponse } from "./message.js";

/** @param words in the place of what webob explains that status with */
export const plainFault = (status: number, words = explanation(status)): HttpResponse =>
  respond(status, `${String(status)} ${reason(status)}\n\n${words}\n\n   `, {
    "content-type": "text/plain; charset=UTF-8",
  });
