/** Laws of heat-api-cfn: heat/api/cfn/v1/signal.py, heat/api/aws/ec2token.py, exception.py at 2014.2. */
import { describe, expect, it } from "vitest";
import { HttpClient, type HttpResponse } from "../../../src/http/index.js";
import type { Json } from "../../../src/python/index.js";
import { StackBed } from "./cloud-bed.js";

const TEMPLATE = `
heat_template_version: 2013-05-23
resources:
  handle: { type: "AWS::CloudFormation::WaitConditionHandle" }
  wait:
    type: AWS::CloudFormation::WaitCondition
    depends_on: handle
    properties: { Handle: { get_resource: handle }, Timeout: 600, Count: 2 }
outputs:
  url: { value: { get_resource: handle } }
  data: { value: { get_attr: [wait, Data] } }
`;

const SIGNAL = { Status: "SUCCESS", Reason: "done", UniqueId: "1", Data: "one" };

/** A stack that waits, and the URL that it waits for. */
function waiting() {
  const bed = new StackBed();
  bed.create("s", TEMPLATE);
  bed.cloud.advance("20s");
  const path = bed.path("s");
  const url = bed.signedUrl();
  const http = new HttpClient(bed.cloud.network, "guest");
  const send = (method: string, to: string, body?: Json): HttpResponse =>
    bed.cloud.run(http.request(method, to, body === undefined ? {} : { body }));
  return { bed, path, url, send };
}

describe("a signed URL of a wait condition", () => {
  it("takes signals until there are enough of them, and the stack is complete", () => {
    const { bed, path, url, send } = waiting();
    const first = send("PUT", url, SIGNAL);
    bed.cloud.advance("10s");
    const between = bed.state(path);
    send("PUT", url, { ...SIGNAL, UniqueId: "2", Data: "two" });
    bed.cloud.advance("10s");
    expect([first.status, first.headers["content-type"], between, bed.state(path)]).toEqual([
      200,
      "application/xml",
      "CREATE_IN_PROGRESS: Stack CREATE started",
      "CREATE_COMPLETE: Stack CREATE completed successfully",
    ]);
    expect(bed.outputs(path)["data"]).toBe('{"1": "one", "2": "two"}');
  });

  it("signs all of its query, so nobody can ask for JSON with it", () => {
    const { url, send } = waiting();
    expect(send("PUT", `${url}&ContentType=JSON`, SIGNAL).status).toBe(403);
  });

  it.each([
    ["without its signature", /&?Signature=[^&]*/u, "", 400, "IncompleteSignature"],
    ["without its key", /&?AWSAccessKeyId=[^&]*/u, "", 403, "MissingAuthenticationToken"],
    // Keystone finds no credential, and never comes to say that it knows no key.
    ["with another key", /AWSAccessKeyId=[^&]*/u, "AWSAccessKeyId=x", 403, "AccessDenied"],
    ["with another signature", /([?&])Signature=[^&]*/u, "$1Signature=x", 403, "AccessDenied"],
    ["with another time", /Timestamp=[^&]*/u, "Timestamp=2000", 403, "AccessDenied"],
  ])("%s is refused in the words of AWS", (_what, part, instead, status, code) => {
    const { bed, path, url, send } = waiting();
    const answer = send("PUT", url.replace(part, instead), SIGNAL);
    expect([answer.status, answer.body, bed.state(path)]).toEqual([
      status,
      expect.stringContaining(`<Code>${code}</Code>`),
      "CREATE_IN_PROGRESS: Stack CREATE started",
    ]);
  });

  it("a signal that is none is an error of Python's in the engine, which is nobody's to name", () => {
    const { url, send } = waiting();
    const answer = send("PUT", url, { Status: "FINE" });
    expect([answer.status, answer.body]).toEqual([
      500,
      expect.stringMatching(
        /<Message>The request processing has failed due to an internal error:Remote error: ResourceFailure ValueError: Metadata format invalid/u,
      ),
    ]);
  });

  it("no signal at all is nobody's fault that has a name", () => {
    const { url, send } = waiting();
    expect(send("PUT", url).status).toBe(500);
  });
});

describe("the rest of the API", () => {
  it("is versions for whoever has none or another in his path, and 404 for other words (version_negotiation.py)", () => {
    const { send } = waiting();
    expect([
      send("GET", "http://controller:8000/").status,
      send("GET", "http://controller:8000/v2/").status,
      send("GET", "http://controller:8000/elsewhere").status,
      send("GET", "http://controller:8000/v1/?Action=ListStacks").status,
    ]).toEqual([300, 300, 404, 400]);
  });
});
