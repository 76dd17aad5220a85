/**
 * The system as the events so far have made it: threads, their file descriptors, users and groups, interfaces, and the
 * machine. {@link org.syscope.capture.state.SystemState} starts from the lists of a capture file or from /proc and is kept
 * by each event, of both generations: enter and exit pairs of older drivers, and exit events that carry everything. This
 * package never reads files or devices itself, and never renders text other than the names of file descriptors.
 */
package org.syscope.capture.state;
