/**
 * Events and values as text, byte by byte: numbers, buffers, addresses, flags, names of errors and signals, and whole
 * argument lists. Fields and output formats are put together from what is here. Nothing in this package allocates for an
 * event, makes a {@code String} of event data, or decides what is shown.
 */
package org.syscope.filters.text;
