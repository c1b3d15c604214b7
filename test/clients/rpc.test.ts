/** The program `rpc`: messages typed by an operator. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";
import { messageArgument } from "../../src/clients/rpc/arguments.js";
import { readCommand } from "../../src/clients/index.js";

const cloud = new Cloud({ services: ["nova-exampleservice"] });
const run = (line: string) => cloud.user("demo").command(line);

describe("rpc call", () => {
  it("prints the result as JSON", () => {
    expect(run("rpc call conductor ping --namespace baseapi arg=x")).toEqual({
      stdout: '{\n  "service": "conductor",\n  "arg": "x"\n}\n',
      stderr: "",
      exit: 0,
    });
  });

  it("takes options and arguments in any order", () => {
    const lines = [
      "rpc call conductor ping arg=x --namespace baseapi --version 1.0",
      "rpc call --version 1.0 conductor --namespace=baseapi ping arg=x",
      "rpc call arg=x conductor ping --version 1.0 --namespace baseapi",
    ];
    expect(new Set(lines.map((line) => run(line).stdout)).size).toBe(1);
    expect(run(lines[0] ?? "").exit).toBe(0);
  });

  it("sends texts for name=text and anything else for name:=json", () => {
    const echo = (argument: string): unknown => {
      const { stdout } = run(`rpc call conductor ping --namespace baseapi ${argument}`);
      return (JSON.parse(stdout) as { arg: unknown }).arg;
    };
    expect(echo("arg=42")).toBe("42");
    expect(echo("arg:=42")).toBe(42);
    expect(echo("arg='a = b'")).toBe("a = b");
    expect(echo("arg=")).toBe("");
    expect(echo(`arg:='{"a": [1, null]}'`)).toEqual({ a: [1, null] });
  });

  it("prints the exception of the other side and ends with 1", () => {
    const { stdout, stderr, exit } = run("rpc call exampleservice nonesuch");
    expect({ stdout, exit }).toEqual({ stdout: "", exit: 1 });
    expect(stderr.split("\n")[0]).toBe(
      "RemoteError: Remote error: NoSuchMethod Endpoint does not support RPC method nonesuch",
    );
  });

  it("gives up after --timeout seconds", () => {
    const before = cloud.now;
    const { stderr, exit } = run("rpc call nobody home --timeout 2.5");
    expect(stderr).toMatch(/^MessagingTimeout: Timed out waiting for a reply/);
    expect(exit).toBe(1);
    expect(cloud.now - before).toBe(2_500_000);
  });

  it("sends under a request id of its own, as an admin (D1)", () => {
    run("rpc call exampleservice get_notes");
    run("rpc call exampleservice get_notes");
    const sent = cloud.timeline.entries.filter(({ kind }) => kind === "rpc.call").slice(-2);
    const [first, second] = sent.map(({ request }) => request);
    expect(first).toMatch(/^req-/);
    expect(second).not.toBe(first);
  });

  it("stays within the exchange that it is told (RPC-18)", () => {
    expect(run("rpc call exampleservice get_notes --exchange neutron --timeout 1").exit).toBe(1);
    expect(run("rpc call exampleservice get_notes --exchange nova --timeout 1").exit).toBe(0);
  });
});

describe("the other verbs", () => {
  it("cast and fanout print nothing and wait for nothing", () => {
    for (const verb of ["cast", "fanout"]) {
      const before = cloud.now;
      expect(run(`rpc ${verb} exampleservice write_note text=${verb}`)).toEqual({
        stdout: "",
        stderr: "",
        exit: 0,
      });
      expect(cloud.now).toBe(before);
    }
    cloud.settle();
    expect(run("rpc call exampleservice get_notes").stdout).toMatch(/cast[\s\S]*fanout/);
  });

  it("multicall prints a line for each value", () => {
    expect(run("rpc multicall conductor ping --namespace baseapi arg=x").stdout).toBe(
      '{"service":"conductor","arg":"x"}\n',
    );
  });
});

describe("a line that is wrong", () => {
  it.each([
    ["rpc call", "too few arguments"],
    ["rpc call topic", "too few arguments"],
    ["rpc shout topic method", "invalid choice"],
    ["rpc call topic method extra", "unrecognized arguments: extra"],
    ["rpc call topic method a:=b", "a:=b is not JSON; write a=b for a text"],
    ["rpc call topic method =b", "'=b' is neither name=text nor name:=json"],
    ["rpc call topic method a=1 a=2", "'a' is given twice"],
    ["rpc call topic method --timeout never", "must be a float"],
    ["rpc cast topic method --timeout 3", "unrecognized arguments"],
  ])("%s: %s", (line, message) => {
    const reading = readCommand(line);
    expect(reading.ok).toBe(false);
    const { stderr, exit } = run(line);
    expect(exit).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/ at .*\.ts:/);
  });

  it("shows what there is when asked", () => {
    for (const line of ["rpc", "rpc help", "rpc --help"]) {
      expect(run(line)).toMatchObject({ exit: 0, stderr: "" });
      expect(run(line).stdout).toContain("multicall");
    }
    expect(run("rpc help cast").stdout).toContain("name:=json");
  });
});

it("reads back any argument that was written by its rule", () => {
  const name = fc.string({ minLength: 1 }).filter((text) => !/[=:]/.test(text));
  fc.assert(
    fc.property(name, fc.string(), fc.jsonValue(), (key, text, value) => {
      expect(messageArgument(`${key}=${text}`)).toEqual([key, text]);
      const json = JSON.stringify(value);
      expect(messageArgument(`${key}:=${json}`)).toEqual([key, JSON.parse(json)]);
    }),
  );
});
