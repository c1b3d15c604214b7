/**
 * Arguments of messages that are used as objects, for contracts. A value that is none raises what
 * Python raises at the first attribute that upstream reads of it.
 */
import { listLike, objectLike, truth, type Json, type Use } from "../../../python/index.js";
import { isObject } from "./base/versioned-object.js";

/** An object of class `objname`. @param first the attribute that is read first, whatever it is */
export const objectOf = (objname: string, first?: string): Use =>
  objectLike((value) => isObject(value) && value.objname === objname, first);

export const anyObject = (first: string): Use => objectLike(isObject, first);

/** A list object of `objname`s, or a bare list of them, which can be gone through as well. */
export const listOf = (objname: string): Use => {
  const list = listLike(objectOf(objname));
  return (value) =>
    isObject(value) && value.objname === `${objname}List` ? value : { objects: list(value) };
};

/** Networks that a user asked for: objects, or tuples of the release before. */
export const requestedNetworks: Use = (value) =>
  isObject(value) ? value : truth(value as Json) ? listLike(listLike())(value) : null;

export const instances: Use = listLike(objectOf("Instance"));
