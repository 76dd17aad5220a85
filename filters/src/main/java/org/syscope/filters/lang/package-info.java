/**
 * The filter language: from an expression's text to its syntax tree, with errors that say where, what was expected,
 * and what may have been meant.
 * Nothing in this package knows which fields exist, or looks at an event.
 */
package org.syscope.filters.lang;
