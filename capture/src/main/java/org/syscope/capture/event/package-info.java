/**
 * Events as they travel from a driver's ring or a capture file to a sink: the schema of all event types and a flyweight
 * view over one event's bytes. The numbers and names come from the tables in {@code capture/src/main/schema}, from which
 * the Java and the C side are generated. This package never reads files or devices, never keeps state between events,
 * and never renders text.
 */
package org.syscope.capture.event;
