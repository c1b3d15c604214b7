/** A view and where it answers. Upstream: Django 1.6 (url), horizon/decorators.py (require_auth, require_perms) at 2014.2. */
import type { Addressed } from "../../../http/index.js";
import type { View } from "./answer.js";
import { NotAuthenticated, NotAuthorized } from "./exceptions.js";

export interface Url extends Addressed {
  readonly view: View;
}

export const url = (path: string, view: View): readonly Url[] =>
  ["GET", "POST"].map((method) => ({ method, path, view }));

/** A view that only somebody gets to who is logged in, and whose catalog has all of `services`. */
export const panel = (path: string, services: readonly string[], view: View): readonly Url[] =>
  url(path, (request, params) => {
    const { login: user } = request;
    if (user === undefined) throw new NotAuthenticated(`Please log in to continue.`);
    if (!services.every((type) => user.serviceEnabled(type))) {
      throw new NotAuthorized(`You are not authorized to access ${request.path}`);
    }
    return view(request, params);
  });

/** One that only administrators get to. */
export const adminPanel = (path: string, services: readonly string[], view: View): readonly Url[] =>
  panel(path, services, (request, params) => {
    if (!request.user.hasRole("admin")) {
      throw new NotAuthorized(`You are not authorized to access ${request.path}`);
    }
    return view(request, params);
  });
