/**
 * Errors as AWS tells them: XML with a code that is a word, or JSON for who asks for that and has got past the
 * signature. Upstream: heat/api/aws/exception.py at 2014.2.
 */
import { respond, type HttpResponse } from "../../../http/index.js";
import { Exception } from "../../../python/index.js";
import { xmlOf } from "./xml.js";

type Kind = readonly [status: number, code: string, explanation: string];

const KINDS = {
  IncompleteSignature: [
    400,
    "IncompleteSignature",
    "The request signature does not conform to AWS standards",
  ],
  InternalFailure: [
    500,
    "InternalFailure",
    "The request processing has failed due to an internal error",
  ],
  InvalidClientTokenId: [
    403,
    "InvalidClientTokenId",
    "The certificate or AWS Key ID provided does not exist",
  ],
  InvalidParameterValue: [400, "InvalidParameterValue", "A bad or out-of-range value was supplied"],
  MissingAuthenticationToken: [
    403,
    "MissingAuthenticationToken",
    "Does not contain a valid AWS Access Key or certificate",
  ],
  AlreadyExists: [400, "AlreadyExists", "Resource with the name requested already exists"],
  AccessDenied: [403, "AccessDenied", "User is not authorized to perform action"],
  SignatureDoesNotMatch: [
    403,
    "SignatureDoesNotMatch",
    "The request signature we calculated does not match the signature you provided",
  ],
  APINotImplemented: [500, "APINotImplemented", "The requested action is not yet implemented"],
  ActionInProgress: [
    400,
    "InvalidAction",
    "Cannot perform action on stack while other actions are in progress",
  ],
} as const satisfies Readonly<Record<string, Kind>>;

/** Whose fault it is said to be. */
const SERVERS: readonly string[] = ["InternalFailure", "APINotImplemented"];

export class HeatApiException extends Exception {
  static override readonly module: string = "heat.api.aws.exception";
  readonly #kind: Kind;

  constructor(kind: keyof typeof KINDS, detail = "") {
    const [, , explanation] = KINDS[kind];
    super(detail === "" ? explanation : `${explanation}:${detail}`);
    this.#kind = KINDS[kind];
  }

  response(json = false): HttpResponse {
    const [status, code] = this.#kind;
    const type = SERVERS.includes(code) ? "Server" : "Sender";
    const body = { ErrorResponse: { Error: { Type: type, Code: code, Message: this.message } } };
    if (json) return respond(status, body, { "content-type": "application/json" });
    return respond(status, xmlOf(body), { "content-type": "application/xml" });
  }
}

const INVALID: readonly string[] = [
  ...["AttributeError", "ValueError", "InvalidTenant", "StackNotFound", "ResourceNotFound"],
  ...["ResourceActionNotSupported", "ResourceNotAvailable", "ResourceTypeNotFound"],
  ...["PhysicalResourceNotFound", "WatchRuleNotFound", "StackValidationFailed"],
  ...["InvalidSchemaError", "InvalidTemplateReference", "InvalidTemplateVersion"],
  ...["InvalidTemplateSection", "UnknownUserParameter", "UserParameterMissing"],
  ...["InvalidTemplateParameter", "MissingCredentialError"],
];

/** What the engine's refusal is called here. Upstream: map_remote_error. */
export function mapped(error: Exception): HeatApiException {
  const name = error.name.replace(/_Remote$/u, "");
  // With the traceback that came along.
  const detail = error.message;
  if (INVALID.includes(name)) return new HeatApiException("InvalidParameterValue", detail);
  if (name === "Forbidden" || name === "NotAuthorized") {
    return new HeatApiException("AccessDenied", detail);
  }
  // A text and no tuple: every part of the name is in it.
  if ("StackExists".includes(name)) return new HeatApiException("AlreadyExists", detail);
  if (name === "ActionInProgress") return new HeatApiException("ActionInProgress", detail);
  return new HeatApiException("InternalFailure", detail);
}
