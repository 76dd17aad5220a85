package org.syscope.filters.field;

import java.time.ZoneId;
import org.syscope.capture.container.ContainerLookup;
import org.syscope.capture.state.SystemState;
import org.syscope.filters.text.HostNames;
import org.syscope.filters.text.TextOptions;

/**
 * What fields need beside the event: one for a run.
 *
 * @param state the state that the run keeps
 * @param text how buffers and ports are shown
 * @param zone the time zone of clock times
 * @param timeFormat what {@code evt.outputtime} shows
 * @param containers what is known of containers
 * @param hosts names of addresses
 */
public record FieldEnvironment(SystemState state, TextOptions text, ZoneId zone, TimeFormat timeFormat,
        ContainerLookup containers, HostNames hosts) {

    /** As sysdig has it without options: the local zone and time of day, no name service. */
    public static FieldEnvironment of(SystemState state) {
        return new FieldEnvironment(state, TextOptions.DEFAULT, ZoneId.systemDefault(), TimeFormat.LOCAL,
                state.containers(), HostNames.NONE);
    }

    /** The same with other text options. */
    public FieldEnvironment with(TextOptions options) {
        return new FieldEnvironment(state, options, zone, timeFormat, containers, hosts);
    }

    /** The same with another time format. */
    public FieldEnvironment with(TimeFormat format) {
        return new FieldEnvironment(state, text, zone, format, containers, hosts);
    }

    /** The same in another time zone. */
    public FieldEnvironment with(ZoneId otherZone) {
        return new FieldEnvironment(state, text, otherZone, timeFormat, containers, hosts);
    }

    /** The same with containers. */
    public FieldEnvironment with(ContainerLookup lookup) {
        return new FieldEnvironment(state, text, zone, timeFormat, lookup, hosts);
    }

    /** The same with a name service. */
    public FieldEnvironment with(HostNames names) {
        return new FieldEnvironment(state, text, zone, timeFormat, containers, names);
    }
}
