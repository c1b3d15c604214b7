/** The completion of zsh: `novasim completion zsh > ~/.zfunc/_novasim`, with that folder in `fpath`. */
import type { Table, Takes, TypedCommand, TypedOption } from "./table.js";

export const zshScript = ({ options, commands }: Table): string => `\
#compdef novasim
# What zsh completes behind novasim: a file _novasim in a folder of $fpath, or source <(novasim completion zsh).
_novasim() {
  local -a commands=(
${commands.map(({ name, about }) => `    ${quoted(`${name}:${about}`)}\n`).join("")}  )
  local -a always=(
${options.flatMap((option) => specs(option).map((spec) => `    ${spec}\n`)).join("")}  )
  local state line
  _arguments -C $always '1:command:->command' '*::what:->what' && return
  case $state in
    command) _describe command commands ;;
    what)
      case $line[1] in
${commands.map((command) => commandCase(command)).join("")}      esac ;;
  esac
}
if [[ \${funcstack[1]-} == _novasim ]]; then
  _novasim "$@"
else
  compdef _novasim novasim
fi
`;

function commandCase({ name, options, takes }: TypedCommand): string {
  const given = takes === undefined ? [] : [quoted(`*:what:${action(takes)}`)];
  const all = [...options.flatMap(specs), ...given];
  return `        ${name})
          _arguments $always \\
            ${all.length === 0 ? "''" : all.join(" \\\n            ")} ;;
`;
}

/** `'--seed[another seed]:value:'`, one for each name. */
const specs = ({ names, about, takes }: TypedOption): string[] =>
  names.map((name) =>
    quoted(`${name}[${about.replaceAll(/[[\]:]/gu, "")}]${takes ? `:value:${action(takes)}` : ""}`),
  );

/** Words alone, files alone, or both as alternatives. */
function action({ words, files }: Takes): string {
  const known = `(${words.join(" ")})`;
  if (files === undefined) return words.length === 0 ? "" : known;
  // One ending in brackets would be taken for qualifiers of the pattern.
  const ending = files.length === 1 ? files[0] : `(${files.join("|")})`;
  const glob = files.length === 0 ? "_files" : `_files -g "*.${ending}"`;
  if (words.length === 0) return glob;
  return `{ compadd ${words.join(" ")}; ${glob} }`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
