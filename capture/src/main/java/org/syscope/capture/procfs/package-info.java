/**
 * What /proc tells of the running system: all processes with their threads and fds when a live trace begins, single
 * threads that no event has told of later on, users and groups, interfaces and the machine. Tolerates processes that
 * vanish and entries that may not be read. This package never writes to /proc and never sees events.
 */
package org.syscope.capture.procfs;
