/**
 * `COPY`: a PUT at the destination that names its source. Upstream: swift/proxy/controllers/obj.py (COPY)
 * at 2.2.0.
 */
import type { HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { answer } from "../../common/answer.js";
import { quotePath } from "../../common/split-path.js";
import type { ProxyRequest } from "../request.js";
import { accountIn, pathIn } from "./copy-source.js";
import type { ObjectMethods, ObjectNames } from "./object-methods.js";
import { putMethod } from "./object-put.js";

export function* copyMethod(
  methods: ObjectMethods,
  request: ProxyRequest,
  names: ObjectNames,
): Op<HttpResponse> {
  const { headers } = request;
  if (!headers.get("destination")) {
    return answer(412, { body: "Destination header required" });
  }
  let { account } = names;
  if (headers.has("destination-account")) {
    account = accountIn(request, "destination-account", "");
    headers.set("x-copy-from-account", names.account);
    headers.delete("destination-account");
  }
  const [container, obj] = pathIn(request, "destination", "Destination");
  request.method = "PUT";
  request.path = `/v1/${account}/${container}/${obj}`;
  headers.set("content-length", "0");
  headers.set("x-copy-from", quotePath(`/${names.container}/${names.obj}`));
  headers.delete("destination");
  return yield* putMethod(methods, request, { account, container, obj });
}
