/** The completion of bash: `source <(novasim completion bash)`. It runs with bash alone, without bash-completion. */
import type { Table, Takes, TypedCommand, TypedOption } from "./table.js";

export const bashScript = ({ options, commands }: Table): string => `\
# What bash completes behind novasim. In ~/.bashrc: source <(novasim completion bash)
_novasim() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]}
  local command= options=${quoted(namesOf(options))} words= ending= word
  local -a endings=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ $word == -* ]] || { command=$word; break; }
  done
  case $command in
    "") words=${quoted(commands.map(({ name }) => name))} ;;
${commands.map((command) => commandCase(command)).join("")}    *) return ;;
  esac
  if [[ $current == -* ]]; then
    words=$options endings=()
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  ((\${#endings[@]})) || return 0
  compopt -o filenames 2>/dev/null
  local IFS=$'\\n'
  for ending in "\${endings[@]}"; do
    COMPREPLY+=($(compgen -f -X "!*$ending" -- "$current"))
  done
  [[ \${endings[0]} ]] && COMPREPLY+=($(compgen -d -- "$current"))
  return 0
}
complete -F _novasim novasim
`;

function commandCase({ name, options, takes }: TypedCommand): string {
  const valued = options.flatMap((option) =>
    option.takes === undefined
      ? []
      : `        ${option.names.join("|")}) options= ${assigned(option.takes)} ;;\n`,
  );
  const plain = takes === undefined ? "" : assigned(takes);
  const more = options.length === 0 ? "" : `options+=${quoted(["", ...namesOf(options)])}\n      `;
  if (valued.length === 0) return `    ${name})\n      ${more}${plain || ":"} ;;\n`;
  return `    ${name})
      ${more}case $before in
${valued.join("")}        *) ${plain || ":"} ;;
      esac ;;
`;
}

/** Any file is one that ends in nothing. */
function assigned({ words, files }: Takes): string {
  const endings = files?.length === 0 ? [""] : (files ?? []).map((ending) => `.${ending}`);
  const list = endings.map((ending) => `'${ending}'`).join(" ");
  return `words=${quoted(words)}${endings.length === 0 ? "" : ` endings=(${list})`}`;
}

const namesOf = (options: readonly TypedOption[]): string[] =>
  options.flatMap(({ names }) => names);

const quoted = (words: readonly string[]): string => `'${words.join(" ")}'`;
