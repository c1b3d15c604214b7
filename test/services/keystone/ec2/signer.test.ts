/** Signatures of EC2's requests: keystoneclient/tests/test_ec2utils.py at 0.11.1, whose values these are. */
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/python/index.js";
import { signature } from "../../../../src/services/keystone/ec2/signer.js";

const ACCESS = "966afbde20b84200ae4e62e09acf46b2";
const SECRET = "89cdf9e94e2643cab35b8b8ac5a51f83";
const request = (params: JsonObject): JsonObject => ({
  host: "127.0.0.1",
  verb: "GET",
  path: "/v1/",
  params: { AWSAccessKeyId: ACCESS, ...params },
});

const AWS_SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/** A request of the fourth form, as AWS documents it. */
const fourth = (host: string, headers: JsonObject = {}): JsonObject => ({
  host,
  verb: "POST",
  path: "/",
  params: {},
  headers: {
    "Content-type": "application/x-www-form-urlencoded; charset=utf-8",
    "X-Amz-Date": "20110909T233600Z",
    Host: host,
    Authorization:
      "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20110909/us-east-1/iam/aws4_request," +
      "SignedHeaders=content-type;host;x-amz-date,",
    ...headers,
  },
  body_hash: "b6359072c78d70ebee1e81adcbab4f01bf2c23245fa365ef83fe8f1f955085e2",
});

describe("the signature of a request of EC2", () => {
  it.each([
    ["0", { Timestamp: "2012-11-27T11:47:02Z", Action: "Foo" }, "SmXQEZAUdQw5glv5mX8mmixBtas="],
    ["1", {}, "VRnoQH/EhVTTLhwRLfuL7jmFW9c="],
    ["2", {}, "odsGmT811GffUO0Eu13Pq+xTzKNIjJ6NhgZU74tYX/w="],
  ])("of version %s is upstream's", (SignatureVersion, params, expected) => {
    expect(signature(SECRET, request({ SignatureVersion, ...params }))).toBe(expected);
  });

  it.each([
    [
      "a host",
      fourth("iam.amazonaws.com"),
      "ced6826de92d2bdeed8f846f0bf508e8559e98e4b0199114b84c54174deb456c",
    ],
    [
      "a host and a port",
      fourth("foo:8000"),
      "26dd92ea79aaa49f533d13b1055acdcd7d7321460d64621f96cc79c4f4d4ab2b",
    ],
    [
      "a port that an old boto has not signed",
      fourth("foo:8000", { "User-Agent": "Boto/2.9.2 (linux2)" }),
      "9a4b2276a5039ada3b90f72ea8ec174514b92b909fb106b22ad910c5d75a54f4",
    ],
    [
      "a port that a newer boto has",
      fourth("foo:8000", { "User-Agent": "Boto/2.9.3 (linux2)" }),
      "26dd92ea79aaa49f533d13b1055acdcd7d7321460d64621f96cc79c4f4d4ab2b",
    ],
  ])("of version 4 is upstream's, of %s", (_, credentials, expected) => {
    expect(signature(AWS_SECRET, credentials)).toBe(expected);
  });

  it.each([
    [request({ SignatureVersion: "3" }), "Unknown signature version: 3"],
    [request({}), "Unexpected signature format"],
    [{}, "params"],
    [{ params: null }, "'NoneType' object has no attribute 'get'"],
    [request({ SignatureVersion: "0", Action: 1 }), "Timestamp"],
    [request({ SignatureVersion: "0", Action: "a", Timestamp: 1 }), "coercing to Unicode"],
    [{ ...request({}), headers: null }, "'NoneType' object has no attribute '__getitem__'"],
    [fourth("a", { "X-Amz-Date": "20110910T000000Z" }), "Request date mismatch error"],
    [{ ...fourth("a"), body_hash: null }, "sequence item 5: expected string, NoneType found"],
  ])("is refused as Python refuses what it cannot be made of (%#)", (credentials, message) => {
    expect(() => signature(SECRET, credentials)).toThrow(message);
  });
});
