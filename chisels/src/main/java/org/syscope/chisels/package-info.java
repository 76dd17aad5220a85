/**
 * Chisels: scripts written for sysdig, their search path and arguments, and the host that runs them on each event.
 * The classes here know nothing of the interpreter's types beyond this module, and nobody outside needs them.
 * Nothing here opens a capture, parses options or knows how event lines look: the run that uses the host tells it.
 */
package org.syscope.chisels;
