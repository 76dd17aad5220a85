/**
 * Which container a thread runs in, told from its control groups by the path layouts of the container engines. This
 * package knows paths only: it never asks an engine and never reads /proc.
 */
package org.syscope.capture.container;
