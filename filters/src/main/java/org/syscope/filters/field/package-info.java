/**
 * The fields an event can be asked for: their names, types and arguments, and how each one takes its value from an
 * event and the system state. Filters, output formats, chisels and the field list all resolve their fields here.
 * Nothing in this package parses an expression, compares values, or changes the state.
 */
package org.syscope.filters.field;
