/**
 * What is printed: output formats compiled to pieces that write bytes, JSON objects, and lists of fields. A format is taken
 * apart once; for an event its pieces only add to a buffer. Nothing in this package writes to a file or a terminal, looks
 * at the state except through fields, or decides which events are shown.
 */
package org.syscope.filters.format;
