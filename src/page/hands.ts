/** What the keyboard moves of the parts that a page is made of: on the page of a recording as on the live one. */
import type { App } from "./app.js";
import type { Header } from "./frame/header.js";
import type { Inspector } from "./inspector/inspector.js";
import { listen } from "./keys.js";
import type { Sequence } from "./sequence/sequence.js";
import type { Scrubber } from "./time/scrubber.js";

export interface Parts {
  readonly app: App;
  readonly header: Header;
  readonly help: HTMLDialogElement;
  readonly inspector: Inspector;
  readonly scrubber: Scrubber;
  readonly sequence: Sequence;
}

export function attend({ app, header, help, inspector, scrubber, sequence }: Parts): void {
  listen({
    app,
    filter: () => header.focusFilter(),
    help: () => help.showModal(),
    leave: () => {
      const { open: was } = help;
      help.close();
      return was;
    },
    inspector: () => inspector.focus(),
    scroll: (by) => sequence.page(by),
    toggle: () => scrubber.toggle(),
    pause: () => {
      if (scrubber.playing) scrubber.pause();
    },
    faster: (by) => scrubber.faster(by),
  });
  sequence.element.addEventListener("dblclick", () => inspector.focus());
}
