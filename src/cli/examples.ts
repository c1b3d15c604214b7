/** What people type: shown behind the help of the program and of each command. */

export const EXAMPLES = `
Examples:
  novasim list                                          the scenarios that ship
  novasim run boot                                      run one and read its flow
  novasim run boot --record boot.jsonl                  record it
  novasim show boot.jsonl --as svg > boot.svg           a picture of what was recorded
  novasim view boot.jsonl                               a page to step through it
  novasim export boot.jsonl --to perfetto > boot.json   for other tools
  novasim replay boot.jsonl                             run it again: the same bytes
  novasim init && novasim run scenario.yaml             write your own

Examples of each: novasim help COMMAND

Exit codes: 0 all good, 1 an expectation failed, 2 bad usage or file, 3 not deterministic, 130 interrupted.`;

const of = (lines: string): string => `\nExamples:\n${lines}`;

export const EXAMPLES_OF = {
  run: of(
    `  novasim run boot                                      one that ships, by its name
  novasim run my.yaml --seed 7 --set cloud.computes=3   your own, changed without an editor
  novasim run scenarios/                                all of a folder, one line each
  novasim run my.yaml --explain scheduler               why which host was chosen, or none
  novasim run my.yaml --as mermaid --actors nova-api,nova-compute
  novasim run my.yaml --record my.jsonl --detail full   everything that happens, in a file
  novasim run boot --follow --speed 2                   as it happens, twice as fast
  novasim run my.yaml --server web --kind cast          only what is about it
  novasim run my.yaml --watch                           again at each change`,
  ),
  show: of(
    `  novasim show boot.jsonl                               its flow, as run prints it
  novasim show boot.jsonl -v | less                     everything, nothing shortened
  novasim show boot.jsonl --as svg --actors compute-1 > one.svg
  novasim show boot.jsonl --filter "service:glance-api status:>=400"
  novasim show full.jsonl --as scheduler                of a recording of --detail full`,
  ),
  view: of(
    `  novasim view boot.jsonl                               boot.html: open it in a browser
  novasim view boot-no-valid-host --out lesson.html     run one that ships, and make its page`,
  ),
  export: of(
    `  novasim export boot.jsonl --to perfetto --out boot.json    open it in ui.perfetto.dev
  novasim export boot.jsonl --to otlp --out boot.otlp.jsonl  for Jaeger, Tempo, a collector
  novasim export grand-tour --to svg --out tour.svg          run it; a picture of each chapter
  novasim export boot.jsonl --to mermaid --chapter 1         one chapter, for a README`,
  ),
  play: of(
    `  novasim play boot-no-valid-host                       keys: → ← ] n i, ? for all of them
  novasim play boot.jsonl --prompt                      words: next, back, to 42, queues, help
  echo 'next problem' | novasim play boot.jsonl         for scripts`,
  ),
  teach: of(
    `  novasim teach --list                                  the lessons in their order
  novasim teach                                         all of them, from the first
  novasim teach boot-no-valid-host                      one; Enter goes on, q ends
  novasim teach --handout lessons.md                    questions first, answers at the end`,
  ),
  inspect: of(
    `  novasim inspect boot --at 0.5s                        what there was half a second into it
  novasim inspect boot.jsonl --seq 59 --what queues     what waited where, once entry 59 had happened
  novasim inspect boot.jsonl --what nova.instances      the rows of a table, whole
  novasim inspect boot.jsonl --what t3 --json           one thing by its name, for programs`,
  ),
  replay: of(
    `  novasim run boot --record boot.jsonl
  novasim replay boot.jsonl                             the same bytes, or the first difference
  novasim replay scenarios/*.jsonl`,
  ),
  diff: of(
    `  novasim diff before.jsonl after.jsonl                 what differs, by what led to what
  novasim diff boot.jsonl boot -v                       a recording and the scenario as it runs now
  novasim diff boot boot-no-valid-host --as html        both beside each other, in a page
  novasim diff a.jsonl b.jsonl --json                   for programs`,
  ),
  coverage: of(
    `  novasim coverage                                      of the recordings that ship
  novasim coverage my/*.jsonl --missing                 what yours never do, by name`,
  ),
  check: of(
    `  novasim check my.yaml                                 everything that is wrong, with its place
  novasim check scenarios/ --json                       for programs`,
  ),
  init: of(
    `  novasim init                                          scenario.yaml, with comments
  novasim init faults.yaml`,
  ),
  schema: of(
    `  novasim schema > scenario.schema.json                 editors complete and check with it:
  # yaml-language-server: $schema=./scenario.schema.json    the first line of a scenario`,
  ),
  list: of(
    `  novasim list                                          name, file and title of each
  novasim list --json`,
  ),
  flags: of(
    `  novasim flags nova-compute                            what it reads, with defaults
  novasim flags nova-compute --scenario my.yaml         the values that a scenario gives`,
  ),
  completion: of(
    `  source <(novasim completion bash)                     in ~/.bashrc
  novasim completion zsh > ~/.zfunc/_novasim            a folder of $fpath
  novasim completion fish > ~/.config/fish/completions/novasim.fish`,
  ),
  serve: of(
    `  novasim serve                                         then paste what it prints, and: nova list
  novasim serve --preset full --openrc openrc           all ten services; source openrc
  novasim serve --port-base 0 --clouds clouds.yaml      free ports; openstack --os-cloud novasim
  novasim serve my.yaml --pace 1 --record session.jsonl in real time, to be replayed
  novasim record-to-scenario session.jsonl > bug.yaml   what clients did, to be made into a test`,
  ),
  doctor: of(
    `  novasim doctor                                        what to send with a report of a bug`,
  ),
} as const;
