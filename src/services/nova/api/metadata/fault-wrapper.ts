/**
 * What is answered for an error that the metadata API lets out. The filter is EC2's, and has words only for who
 * sent an access key: all others are told that their request is bad. Upstream: nova/api/ec2/__init__.py
 * (FaultWrapper), nova/api/ec2/faults.py at 2014.2, etc/nova/api-paste.ini (pipeline:meta).
 */
import type { Env } from "../../../../framework/index.js";
import {
  explanation,
  plainFault,
  respond,
  type HttpRequest,
  type HttpResponse,
} from "../../../../http/index.js";
import type { Exception } from "../../../../python/index.js";

export function wrapped(env: Env, error: Exception, { query }: HttpRequest): HttpResponse {
  env.log("error", `FaultWrapper: ${error.message}`);
  if (query.get("AWSAccessKeyId") === undefined) return plainFault(400);
  const body =
    '<?xml version="1.0"?>\n<Response><Errors><Error><Code>HTTPInternalServerError</Code>' +
    `<Message>${explanation(500)}</Message></Error></Errors>` +
    `<RequestID>${env.requestId()}</RequestID></Response>`;
  return respond(500, body, { "content-type": "text/xml" });
}
