import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCommand, type NameResolver } from "../../src/clients/index.js";
import { Bed } from "./bed.js";

/** One cloud is enough: whatever a line does to it, it ends as a line does. */
const bed = new Bed();
const NETWORK = bed.network;
const SERVER = bed.server;

const IDS: NameResolver = (kind, name) =>
  new Map([
    ["network private", NETWORK],
    ["server t2", SERVER],
    ["port odd", "a'b c"],
  ]).get(`${kind} ${name}`);

describe("a command line that runs", () => {
  it("of an unknown program ends as bash does", () => {
    expect(bed.run("vmctl list")).toEqual({
      stdout: "",
      stderr: "bash: vmctl: command not found\n",
      exit: 127,
    });
  });

  it("of nothing, a comment or assignments does nothing", () => {
    for (const line of ["", "  # later", "A=1"]) {
      expect(bed.run(line)).toEqual({ stdout: "", stderr: "", exit: 0 });
    }
  });

  it("with an open quote ends with the shell's complaint", () => {
    const { stderr, exit } = bed.run("nova show 't2");
    expect(stderr).toMatch(/^bash: unexpected EOF while looking for matching `''\n/);
    expect(exit).toBe(2);
  });

  it("exchanges names of networks for ids, and leaves ids and strangers alone", () => {
    bed.mark();
    const boot = "nova boot t3 --flavor 42 --image cirros";
    bed.run(`${boot} --nic net-id=private,v4-fixed-ip=10.0.0.5 --nic=net-id=${NETWORK}`, IDS);
    expect(bed.bodies.at(-1)).toHaveProperty("server.networks", [
      { uuid: NETWORK, fixed_ip: "10.0.0.5" },
      { uuid: NETWORK },
    ]);
    bed.run(`${boot} --nic net-id=public --meta net-id=private`, IDS);
    expect(bed.bodies.at(-1)).toHaveProperty("server.networks", [{ uuid: "public" }]);
    expect(bed.bodies.at(-1)).toHaveProperty("server.metadata", { "net-id": "private" });
  });

  it("exchanges references for ids, one word each, and says which it does not know", () => {
    bed.mark();
    expect(bed.run("nova show {{server t2}}", IDS).exit).toBe(0);
    expect(bed.requests[1]).toBe(`GET /servers/${SERVER}`);
    expect(bed.run("nova show {{ port odd }}", IDS).stderr).toBe(
      "ERROR (CommandError): No server with a name or ID of 'a'b c' exists.\n",
    );
    expect(bed.run("nova show {{server t9}}", IDS)).toEqual({
      stdout: "",
      stderr: '{{server t9}}: there is no server named "t9"\n',
      exit: 1,
    });
  });

  it("takes no reference with a colon for text", () => {
    for (const slip of ["{{server:t2}}", "{{server: t2}}", "{{ server=t2 }}"]) {
      const message = `${slip}: a kind and a name have a blank between them: {{server t2}}`;
      expect(bed.run(`nova show ${slip}`, IDS)).toEqual({
        stdout: "",
        stderr: `${message}\n`,
        exit: 1,
      });
      expect(readCommand(`nova show ${slip}`)).toMatchObject({ ok: false, message });
    }
    expect(bed.run("nova show {{server :t2}}", IDS).stderr).toContain('named ":t2"');
  });

  it("prints version and help without asking anybody", () => {
    bed.mark();
    expect(bed.run("nova --version")).toEqual({ stdout: "", stderr: "2.20.0\n", exit: 0 });
    const page = bed.run("nova help").stdout;
    expect(page).toMatch(/^usage: nova \[--version\] \[--debug\] \[--os-cache\] \[--timings\]\n/);
    expect(page).toMatch(/\n {4}shelve-offload {14}Take /);
    for (const line of ["nova", "nova -h", "nova boot --help"]) {
      expect(bed.run(line)).toEqual({ stdout: page, stderr: "", exit: 0 });
    }
    expect(bed.run("nova help delete").stdout).toBe(
      "usage: nova delete <server> [<server> ...]\n\n" +
        "Shut servers down and delete them at once.\n\n" +
        "Positional arguments:\n  <server>  The servers' names or IDs.\n",
    );
    expect(bed.run("nova help foo")).toEqual({
      stdout: "",
      stderr: "ERROR (CommandError): 'foo' is not a valid subcommand\n",
      exit: 1,
    });
    expect(bed.requests).toEqual([]);
  });

  it("writes out what could move the cursor, wherever it comes from", () => {
    bed.mark();
    for (const line of ["nova delete '\u001bc'", "nova list '\u001b'", "'\u001b'"]) {
      const { stdout, stderr } = bed.run(line);
      expect(stdout + stderr).toContain("\\x1b");
      expect(stdout + stderr).not.toContain("\u001b");
    }
  });
});

describe("any command line", () => {
  const word = fc.oneof(
    fc.constantFrom("nova", "boot", "list", "show", "delete", "shelve", "t2", "--debug", "--"),
    fc.constantFrom("--image", "cirros", "--flavor", "42", "--nic", "net-id=private", "--fields"),
    fc.constantFrom("--block-device", "id=1,source=", "--meta", "a=b", "{{server t2}}", "-h"),
    fc.string({ unit: "binary", maxLength: 8 }),
  );
  const line = fc
    .tuple(fc.constantFrom("nova ", "nova boot ", ""), fc.array(word, { maxLength: 8 }))
    .map(([start, words]) => start + words.join(" "));

  it("ends with an exit code and text that a terminal bears, and is read as it would run", () => {
    fc.assert(
      fc.property(line, (text) => {
        const result = bed.run(text, IDS);
        expect([0, 1, 2, 127]).toContain(result.exit);
        expect(result.stdout + result.stderr).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}/u);
        const reading = readCommand(text);
        if (!reading.ok) expect(reading.result.exit).toBe(result.exit);
        else expect([0, 1]).toContain(result.exit);
      }),
      { numRuns: 400 },
    );
  });
});

describe("a command line that is only read", () => {
  it("tells program, command, options by full name, and arguments", () => {
    const line =
      "A=1 nova --deb boot {{server a b}} --flavor=m1.nano --image c --nic net-id=private --poll --nic port-id=p";
    expect(readCommand(line)).toEqual({
      ok: true,
      command: {
        program: "nova",
        subcommand: "boot",
        options: new Map([
          ["--debug", [""]],
          ["--flavor", ["m1.nano"]],
          ["--image", ["c"]],
          ["--nic", ["net-id=private", "port-id=p"]],
          ["--poll", [""]],
        ]),
        positionals: ["{{server a b}}"],
        names: [
          { what: "image", name: "c" },
          { what: "flavor", name: "m1.nano" },
          { what: "network", name: "private" },
          { what: "server", name: "{{server a b}}", makes: "one" },
        ],
      },
    });
  });

  it("joins an option and its hidden twin under the name that is shown", () => {
    const reading = readCommand("nova boot t3 --flavor 42 --image c --key_name a --key-name b");
    expect(reading.ok && reading.command.options.get("--key-name")).toEqual(["a", "b"]);
  });

  it.each([
    ["keystone discover", 1, "keystone discover is not simulated"],
    ["keystone help discover", 1, "keystone discover is not simulated"],
    ["nova frobnicate", 2, "argument <subcommand>: invalid choice: u'frobnicate'"],
    ["nova boot t3 --flavour x", 2, "unrecognized arguments: --flavour x"],
    ["nova shelve", 2, "too few arguments"],
    ["nova help", 0, "this only prints help"],
    ["nova help foo", 1, "'foo' is not a valid subcommand"],
    ["ironic list", 127, "bash: ironic: command not found"],
    ["", 0, "the command line is empty"],
    [
      "nova list | wc",
      2,
      "bash: syntax error near unexpected token `|': one command at a time, and quote what is no operator",
    ],
  ])("%j would end with %i: %s", (line, exit, message) => {
    const reading = readCommand(line);
    expect(reading).toMatchObject({ ok: false, message, result: { exit } });
  });

  it.each([
    ["nova bot t4", { word: "bot", known: expect.arrayContaining(["boot"]) }],
    ["nova help bot", { word: "bot", known: expect.arrayContaining(["boot"]) }],
    [
      "nvoa list",
      {
        word: "nvoa",
        known: [
          ...["nova", "neutron", "keystone", "glance", "cinder", "ceilometer", "swift", "heat"],
          ...["trove", "openstack", "rpc", "rabbitmqctl", "glance-cache-manage"],
        ],
      },
    ],
    ["nova delete t9 --frobnicate", { word: "--frobnicate" }],
    ["nova boot t --flavr 42", { word: "--flavr", known: expect.arrayContaining(["--flavor"]) }],
    ["nova boot t --num-instances few", { word: "--num-instances few" }],
    ["nova boot t --num-instances=few", { word: "--num-instances=few" }],
    ["nova boot t --flavor", { word: "--flavor" }],
    ["nova boot t --block", { word: "--block" }],
    ["nova shelve", { form: "nova shelve <server>" }],
    ["nova list | wc", { word: "|" }],
    ["nova show 'a b", { word: "'a b" }],
    ["rpc call network f a:=b", { word: "b" }],
    ["rpc cal network f", { word: "cal", known: ["call", "cast", "fanout", "multicall"] }],
    ["rabbitmqctl list", { word: "list", known: ["list_queues"] }],
    ["rabbitmqctl list_queues depth", { word: "depth" }],
  ])("%j is wrong at a word, in whose place others could stand", (line, advice) => {
    expect(readCommand(line)).toMatchObject({ ok: false, advice });
  });

  it.each([
    ["nova boot t --image c", "you need to specify a Flavor ID "],
    ["nova boot t --image c --flavor 42 --num-instances 0", "num_instances should be >= 1"],
    ["nova boot t --image c --flavor 42 --meta a", "dictionary update sequence element #0"],
    ["nova boot t --image c --flavor 42 --nic net=a", "Invalid nic argument 'net=a'"],
    ["nova boot t --image c --flavor 42 --block-device idd=a", "u'idd'"],
    ["nova boot t --flavor 42", "you need to specify at least one source ID"],
  ])("%j is refused before anybody is asked", (line, message) => {
    const reading = readCommand(line);
    expect(reading).toMatchObject({ ok: false, result: { exit: 1 } });
    expect(!reading.ok && reading.message).toContain(message);
    expect(bed.run(line).exit).toBe(1);
  });

  it("takes a line of nothing but blanks in braces as it is", () => {
    const line = `nova show '{{a${" ".repeat(8_000)}'`;
    expect(readCommand(line)).toMatchObject({ ok: true });
    expect(bed.run(line, IDS).exit).toBe(1);
  });

  it("says what running it would print", () => {
    const reading = readCommand("nova boot");
    expect(reading).toMatchObject({ ok: false, result: bed.run("nova boot") });
  });
});
