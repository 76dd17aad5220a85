/**
 * The command line: options, the pipeline from an event source to a sink, the sinks, and what the user is told on stderr.
 * This is the only place that writes to stdout and that ends the process.
 * It never decodes an event, evaluates a filter or talks to the kernel itself: the modules below do.
 */
package org.syscope.cli;
