/**
 * Turns a filter's syntax tree into a predicate over events, once: constants are converted and folded, conditions on the
 * event's type become bit sets, and cheap conditions are tried first. Transformers around fields live here too.
 * Nothing in this package reads an event itself - fields do - or allocates while a filter runs (regular expressions on
 * texts that are not ASCII excepted).
 */
package org.syscope.filters.eval;
