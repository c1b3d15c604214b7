/** What a person has before their eyes once an act is done: the page, and the dialogue that lies over it. */
import type { FormPart, Page } from "../../services/horizon/client/index.js";

export interface Seen {
  /** What the address bar says. */
  readonly url: string;
  readonly page: Page;
  readonly over?: Page;
  /** The form that was sent on the way here, as it was filled in. */
  readonly sent?: FormPart;
}
