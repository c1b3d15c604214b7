/**
 * Writes `src/cloud/flags/juno-options.ts`: the names of every option that Juno's services registered,
 * by project and section. Run by hand, with the folder of upstream's git repositories:
 *
 *     node tools/juno-options.mjs ~/src/openstack && npx prettier --check src/cloud/flags/juno-options.ts
 *
 * It reads each repository at its tag: calls of `cfg.<Kind>Opt("name", ...)`, and the section in which
 * their list is registered. Python is not run, so a list whose section is computed counts as DEFAULT.
 */
import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";

const [home] = process.argv.slice(2);
if (home === undefined)
  throw new Error("usage: node tools/juno-options.mjs FOLDER-OF-REPOSITORIES");

/** By what a file of options is called: whose trees its readers import, at the releases of Juno. */
const LIBRARIES = [
  ["oslo.messaging", "1.4.1", "oslo/messaging"],
  ["oslo.db", "1.0.2", "oslo/db"],
  ["keystonemiddleware", "1.2.0", "keystonemiddleware"],
];
const PROJECTS = {
  nova: [["nova", "2014.2", "nova"], ...LIBRARIES],
  neutron: [["neutron", "2014.2", "neutron"], ...LIBRARIES],
  cinder: [["cinder", "2014.2", "cinder"], ...LIBRARIES],
  keystone: [["keystone", "2014.2", "keystone"], ...LIBRARIES],
  ceilometer: [["ceilometer", "2014.2", "ceilometer"], ...LIBRARIES],
  heat: [["heat", "2014.2", "heat"], ...LIBRARIES],
  glance: [
    ["glance", "2014.2", "glance"],
    // Its backends hand their lists to a function that registers them all in one section.
    ["glance_store", "0.1.8", "glance_store", "glance_store"],
    ...LIBRARIES,
  ],
  // Its bus is a copy of the older RPC code, in its own tree.
  trove: [
    ["trove", "2014.2", "trove"],
    ["keystonemiddleware", "1.2.0", "keystonemiddleware"],
  ],
};
/** What oslo.config itself registers. Upstream: oslo.config 1.4 `_make_config_options`. */
const OF_CONFIG = ["config_file", "config_dir"];

function git(repository, ...args) {
  const folders = [`${home}/openstack+${repository}/repo`, `${home}/${repository}`];
  const folder = folders.find((one) => existsSync(one)) ?? `${home}/${repository}`;
  return execFileSync("git", ["-C", folder, ...args], { encoding: "utf8", maxBuffer: 1e9 });
}

function sources([repository, tag, folder, section]) {
  const listed = git(repository, "grep", "-lE", "Opt\\(|register_", tag, "--", folder);
  return listed
    .split("\n")
    .filter((name) => name.endsWith(".py") && !/\/tests?\//u.test(name))
    .map((name) => ({ section, text: git(repository, "show", name) }));
}

function endOfLine(text, from) {
  const at = text.indexOf("\n", from);
  return at < 0 ? text.length : at;
}

/** The text between the bracket at `open` and its fellow. */
function bracketed(text, open) {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const triple = /^(?:"""|''')/u.exec(text.slice(at, at + 3))?.[0];
    const quote = triple ?? (`"'`.includes(text[at]) ? text[at] : undefined);
    if (quote !== undefined) {
      at += quote.length;
      while (at < text.length && !text.startsWith(quote, at)) at += text[at] === "\\" ? 2 : 1;
      at += quote.length - 1;
    } else if (text[at] === "#") at = endOfLine(text, at);
    else if ("([{".includes(text[at])) depth++;
    else if (")]}".includes(text[at]) && --depth === 0) return text.slice(open + 1, at);
  }
  return "";
}

/** `a, b(c, d)` as `["a", "b(c, d)"]`. */
function split(text) {
  const parts = [""];
  for (let at = 0; at < text.length; at++) {
    if ("([{".includes(text[at])) {
      const inside = bracketed(text, at);
      parts[parts.length - 1] += text.slice(at, at + inside.length + 2);
      at += inside.length + 1;
    } else if (`"'`.includes(text[at])) {
      const found = text.indexOf(text[at], at + 1);
      const end = found < 0 ? text.length : found;
      parts[parts.length - 1] += text.slice(at, end + 1);
      at = end;
    } else if (text[at] === "#") at = endOfLine(text, at);
    else if (text[at] === ",") parts.push("");
    else parts[parts.length - 1] += text[at];
  }
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

const OPTION =
  /\b(?:cfg\.|wsgi_opts\.)?(?:(?:Str|Bool|Int|Float|List|Dict|MultiStr|IP|Port|SubCommand)Opt|MultiStrOpt)\(/gu;
const word = (text) => /^[bu]?["']([^"']*)["']$/u.exec(text?.trim() ?? "")?.[1];

/** Every option that `text` makes, with its former names. */
function optionsIn(text, former = []) {
  return [...text.matchAll(OPTION)].flatMap((match) => {
    const args = split(bracketed(text, match.index + match[0].length - 1));
    const name =
      word(args[0]) ?? word(args.find((arg) => /^name\s*=/u.test(arg))?.replace(/^name\s*=/u, ""));
    if (name === undefined) return [];
    const named = (key) =>
      word(args.find((arg) => arg.startsWith(`${key}=`))?.slice(key.length + 1));
    const [single, section] = [named("deprecated_name"), named("deprecated_group")];
    const many = args.find((arg) => arg.startsWith("deprecated_opts="))?.slice(16) ?? "";
    const lists = [
      many,
      ...former.filter(({ variable }) => many.trim() === variable).map(({ body }) => body),
    ];
    const others = lists.flatMap((body) =>
      [...body.matchAll(/DeprecatedOpt\(/gu)].map((one) => {
        const parts = split(bracketed(body, one.index + one[0].length - 1));
        const group = word(
          parts.find((part) => /^group\s*=/u.test(part))?.replace(/^group\s*=/u, ""),
        );
        return { name: word(parts[0]), group };
      }),
    );
    if (single !== undefined || section !== undefined)
      others.push({ name: single, group: section });
    return [{ name: name.replaceAll("-", "_"), former: others }];
  });
}

/** `name = [` and what is in it, and lists that are put together from others. */
function variablesIn(text) {
  const found = [...text.matchAll(/^(?:[ \t]*)(\w+)\s*\+?=\s*(?=[[(]|cfg\.|\w+Opt\()/gmu)];
  const made = found.map((match) => {
    const from = match.index + match[0].length;
    const open = text.slice(from).search(/[[({]/u) + from;
    return { variable: match[1], body: `${text.slice(from, open)}(${bracketed(text, open)})` };
  });
  return made.filter(
    ({ body }) => body.includes("Opt(") || /^\(?[\w\s+,.()]*opts[\w\s+,.()]*$/iu.test(body),
  );
}

function groupsIn(text) {
  const named = [...text.matchAll(/(\w+)\s*=\s*(?:cfg\.)?OptGroup\(/gu)].map((match) => {
    const [first = ""] = split(bracketed(text, match.index + match[0].length - 1));
    return [match[1], word(first.replace(/^name\s*=\s*/u, ""))];
  });
  const plain = [...text.matchAll(/^(\w+)\s*=\s*["']([\w.]+)["']$/gmu)].map((match) => [
    match[1],
    match[2],
  ]);
  return new Map([...plain, ...named]);
}

const options = {};
const former = {};
for (const [project, trees] of Object.entries(PROJECTS)) {
  const sections = new Map();
  const unplaced = new Set();
  const put = (group, list) => {
    const key = group === undefined || group === "DEFAULT" ? "DEFAULT" : group.toLowerCase();
    const names = sections.get(key) ?? new Set();
    sections.set(key, names);
    for (const { name, former: others } of list) {
      names.add(name);
      for (const other of others) {
        const otherName = (other.name ?? name).replaceAll("-", "_");
        const otherGroup = other.group ?? key;
        const flat = (g, n) => (g === "DEFAULT" ? n : `${g.toLowerCase()}.${n}`);
        const before = flat(otherGroup, otherName);
        if (before === flat(key, name)) continue;
        former[project] ??= new Map();
        former[project].set(before, flat(key, name));
        const own =
          sections.get(otherGroup === "DEFAULT" ? "DEFAULT" : otherGroup.toLowerCase()) ??
          new Set();
        sections.set(
          otherGroup === "DEFAULT" ? "DEFAULT" : otherGroup.toLowerCase(),
          own.add(otherName),
        );
      }
    }
  };
  put(
    "DEFAULT",
    OF_CONFIG.map((name) => ({ name, former: [] })),
  );
  const files = trees.flatMap(sources);
  const texts = files.map(({ text }) => text);
  const variables = texts.map(variablesIn);
  const everywhere = variables.flat();
  const groups = texts.map(groupsIn);
  const allGroups = new Map(groups.flatMap((map) => [...map]));
  texts.forEach((text, index) => {
    const local = variables[index];
    const registered = new Set();
    for (const match of text.matchAll(/register_(?:cli_)?opts?\(/gu)) {
      if (/\bdef $/u.test(text.slice(Math.max(0, match.index - 4), match.index))) continue;
      const args = split(bracketed(text, match.index + match[0].length - 1));
      const [what = "", ...rest] = args;
      const given =
        rest.find((arg) => /^group\s*=/u.test(arg))?.replace(/^group\s*=\s*/u, "") ??
        rest.find((arg) => !arg.includes("="));
      const bare = given?.split(".").at(-1);
      const group =
        given === undefined
          ? undefined
          : (word(given) ?? groups[index].get(bare) ?? allGroups.get(bare));
      const direct = optionsIn(what, everywhere);
      if (direct.length > 0) put(group, direct);
      for (const [name] of what.matchAll(/\b[A-Za-z_]\w*\b/gu)) {
        const known = local.filter(({ variable }) => variable === name);
        const elsewhere = new RegExp(`\\.${name}\\b|import .*\\b${name}\\b`, "u");
        const imported = elsewhere.test(what) || elsewhere.test(text);
        const lists =
          known.length > 0 || !imported
            ? known
            : everywhere.filter(({ variable }) => variable === name);
        for (const { body } of lists) {
          put(group, optionsIn(body, everywhere));
          for (const [inner] of body.matchAll(/\b[A-Za-z_]\w*\b/gu)) {
            for (const one of local)
              if (one.variable === inner) put(group, optionsIn(one.body, everywhere));
          }
          registered.add(name);
        }
      }
    }
    // Keystone lists its options by section in one dictionary; None is DEFAULT.
    const table = text.search(/^FILE_OPTIONS = \{/mu);
    if (table >= 0) {
      for (const entry of split(bracketed(text, text.indexOf("{", table)))) {
        const [, key = ""] = /^(None|'\w+'|"\w+")\s*:/u.exec(entry) ?? [];
        put(key === "None" ? undefined : word(key), optionsIn(entry.slice(key.length), everywhere));
      }
    }
    // Heat hands its lists out one by one, each with its section; None is DEFAULT.
    for (const [, key, list] of text.matchAll(/^\s*yield ([\w.'"]+), (\w+_opts)$/gmu)) {
      const group =
        key === "None" ? undefined : (word(key) ?? groups[index].get(key.split(".")[0]));
      if (key !== "None" && group === undefined) continue;
      for (const { variable, body } of local) {
        if (variable === list) put(group, optionsIn(body, everywhere));
      }
    }
    // One of its lists once for each client: `for client in ('nova', ...): group = 'clients_' + client`.
    for (const [, names, prefix, list] of text.matchAll(
      /for client in \(([^)]*)\):\s+\w+ = '(\w+)' \+ client\s+yield \w+, (\w+)$/gmu,
    )) {
      for (const { variable, body } of local) {
        if (variable !== list) continue;
        for (const name of split(names)) put(prefix + word(name), optionsIn(body, everywhere));
      }
    }
    const { section } = files[index];
    const placed = new Set([...sections.values()].flatMap((names) => [...names]));
    if (section !== undefined) {
      put(
        section,
        optionsIn(text, everywhere).filter(({ name }) => !placed.has(name)),
      );
    }
    for (const { name } of optionsIn(text)) if (!placed.has(name)) unplaced.add(name);
  });
  const placed = new Set([...sections.values()].flatMap((names) => [...names]));
  for (const name of unplaced) if (!placed.has(name)) put("DEFAULT", [{ name, former: [] }]);
  options[project] = sections;
  const total = [...sections.values()].reduce((sum, names) => sum + names.size, 0);
  const left = [...unplaced].filter((name) => !placed.has(name));
  process.stderr.write(
    `${project}: ${total} in ${sections.size} sections; no section found for ${left.join(" ")}\n`,
  );
}

const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
function lines(words, indent) {
  const out = [""];
  for (const one of words) {
    if (out.at(-1).length + one.length + 1 > 96 - indent.length) out.push("");
    out[out.length - 1] += out.at(-1) === "" ? one : ` ${one}`;
  }
  return out.map((line) => indent + line).join("\n");
}
const blocks = Object.entries(options).map(([project, sections]) => {
  const rows = [...sections]
    .sort(([a], [b]) => order(a, b))
    .map(([group, names]) => `    [${group}]\n${lines([...names].sort(order), "    ")}`);
  return `  ${project}: \`\n${rows.join("\n")}\n  \`,`;
});
const renamed = Object.entries(former).map(
  ([project, map]) =>
    `  ${project}: \`\n${lines(
      [...map].sort(([a], [b]) => order(a, b)).map((pair) => pair.join("=")),
      "    ",
    )}\n  \`,`,
);
writeFileSync(
  path.resolve(import.meta.dirname, "../src/cloud/flags/juno-options.ts"),
  `/**
 * The names of all options that Juno's services registered, by the project of their file and by
 * section: facts, made by \`tools/juno-options.mjs\` from nova, neutron, cinder, keystone, ceilometer, glance and trove
 * 2014.2, oslo.messaging 1.4.1, oslo.db 1.0.2, keystonemiddleware 1.2.0 and glance_store 0.1.8. Not what is
 * modelled; do not edit by hand.
 */

export const JUNO_OPTIONS: Readonly<Record<string, string>> = {
${blocks.join("\n")}
};

/** Former names and what they became: \`neutron_url=neutron.url\`. */
export const JUNO_FORMER_NAMES: Readonly<Record<string, string>> = {
${renamed.join("\n")}
};
`,
);
