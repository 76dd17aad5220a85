/**
 * Containers: which one a thread runs in, told from its control groups by the path layouts of the container engines, and
 * what an engine says of it, taken from recorded events or asked over the engine's Unix socket. The asking happens on
 * threads of its own, bounded in time and size, and whoever handles events only takes the answers. This package never
 * changes anything in an engine and never reads /proc.
 */
package org.syscope.capture.container;
