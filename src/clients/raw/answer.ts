/** What comes of one request of a user's own: a response of any status, or no answer at all. */
import type { HttpResponse } from "../../http/index.js";

export type RawAnswer =
  | { readonly kind: "response"; readonly response: HttpResponse }
  /** Why there is none, as the requests library says it. */
  | { readonly kind: "error"; readonly message: string };
