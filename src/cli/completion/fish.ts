/** The completion of fish: `novasim completion fish > ~/.config/fish/completions/novasim.fish`. */
import type { Table, Takes, TypedCommand, TypedOption } from "./table.js";

export const fishScript = ({ options, commands }: Table): string =>
  [
    "# What fish completes behind novasim: ~/.config/fish/completions/novasim.fish",
    "complete -c novasim -f",
    ...options.map((option) => line("", option)),
    ...commands.map(
      ({ name, about }) =>
        `complete -c novasim -n __fish_use_subcommand -a ${name} -d ${quoted(about)}`,
    ),
    ...commands.flatMap(ofCommand),
    "",
  ].join("\n");

function ofCommand({ name, options, takes }: TypedCommand): string[] {
  const when = ` -n '__fish_seen_subcommand_from ${name}'`;
  const given = takes === undefined ? "" : values(takes);
  return [
    ...options.map((option) => line(when, option)),
    ...(given === "" ? [] : [`complete -c novasim${when} -a ${given}`]),
  ];
}

function line(when: string, { names, about, takes }: TypedOption): string {
  const said = names.map((name) =>
    name.startsWith("--") ? ` -l ${name.slice(2)}` : ` -s ${name.slice(1)}`,
  );
  const given = takes === undefined ? "" : values(takes);
  const value = takes === undefined ? "" : ` -x${given === "" ? "" : ` -a ${given}`}`;
  return `complete -c novasim${when}${said.join("")}${value} -d ${quoted(about)}`;
}

/** Words, and what ends as such files do; any file is one that ends in nothing. */
function values({ words, files }: Takes): string {
  const endings = files?.length === 0 ? [""] : (files ?? []).map((ending) => `.${ending}`);
  const found = endings.map((ending) => `(__fish_complete_suffix ${ending || "''"})`);
  const all = [...words, ...found].join(" ");
  return all === "" ? "" : `"${all}"`;
}

const quoted = (text: string): string =>
  `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
