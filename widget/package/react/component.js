/** What makes a React component of an element: properties become attributes, handlers hear its events. */
import { createElement, forwardRef, useEffect, useImperativeHandle, useRef } from "react";

/** `attributes` and `events` say which property is which attribute, and which handler hears which event. */
export function component(tag, name, attributes, events) {
  const made = forwardRef(function Apropos(properties, outer) {
    const element = useRef(null);
    const latest = useRef(properties);
    useEffect(() => {
      latest.current = properties;
    });
    useImperativeHandle(outer, () => element.current);
    useEffect(() => {
      import("apropos-widget"); // in a browser only: a server has no elements
      const leaving = new AbortController();
      for (const [handler, event] of Object.entries(events))
        element.current.addEventListener(event, (heard) => latest.current[handler]?.(heard), {
          signal: leaving.signal,
        });
      return () => leaving.abort();
    }, []);
    const given = {};
    for (const [property, value] of Object.entries(properties)) {
      if (property in events) continue;
      const attribute = attributes[property] ?? (property === "className" ? "class" : property);
      given[attribute] = value === true ? "" : value === false ? undefined : value;
    }
    return createElement(tag, { ...given, ref: element });
  });
  made.displayName = name;
  return made;
}
