package org.syscope.cli;

import java.util.List;
import java.util.Set;
import org.syscope.capture.state.SystemState;
import org.syscope.filters.field.FieldCatalog;
import org.syscope.filters.field.FieldEnvironment;
import org.syscope.filters.field.StandardFields;
import org.syscope.filters.format.FormatException;
import org.syscope.filters.format.JsonFormat;
import org.syscope.filters.format.OutputFormat;
import org.syscope.filters.format.StandardFormats;
import org.syscope.filters.text.BufferFormat;
import org.syscope.filters.text.DnsNames;
import org.syscope.filters.text.HostNames;
import org.syscope.filters.text.ServiceNames;
import org.syscope.filters.text.TextOptions;

/** How events are shown in a run: the fields there are, and the format of the lines. */
final class EventFormats {

    private static final Set<String> KNOWN_WITHOUT_ENGINE =
            Set.of("container.id", "container.type", "container.start_ts", "container.duration");

    /** How long a replay may wait for names of hosts, in all: live events do not wait for anything. */
    private static final long RESOLVING_NANOS = 3_000_000_000L;

    private final Settings settings;
    private final SystemState state;
    private final FieldCatalog catalog;
    private OutputFormat format;
    private boolean showsEnters;

    /** The formats that a command line asks for, over a state. */
    EventFormats(Settings settings, SystemState state) {
        this(settings, state, settings.bufferFormat());
    }

    private EventFormats(Settings settings, SystemState state, BufferFormat buffers) {
        this.settings = settings;
        this.state = state;
        boolean whole = settings.has(Option.VERBOSE) || settings.has(Option.JSON) || settings.has(Option.CHISEL);
        int maxLength = whole ? 0 : TextOptions.DEFAULT_MAX_LENGTH;
        boolean named = settings.has(Option.RESOLVE_PORTS);
        ServiceNames services = named ? new ServiceNames(ServiceNames.SYSTEM_FILE) : null;
        HostNames hosts = new DnsNames(settings.isLive() ? 0 : RESOLVING_NANOS);
        FieldEnvironment environment = FieldEnvironment.of(state)
                .with(new TextOptions(buffers, maxLength, services, named ? hosts : HostNames.NONE))
                .with(settings.timeFormat())
                .with(hosts);
        this.catalog = StandardFields.catalog(environment);
    }

    /** The same with another form of buffers. */
    EventFormats with(BufferFormat buffers) {
        return new EventFormats(settings, state, buffers);
    }

    /** Whether something that only a container's engine knows is shown or filtered by; may become true later. */
    boolean needContainers() {
        for (String name : catalog.resolved()) {
            if (name.startsWith("k8s.") || name.startsWith("container.") && !KNOWN_WITHOUT_ENGINE.contains(name)) {
                return true;
            }
        }
        return false;
    }

    /** The fields. */
    FieldCatalog catalog() {
        return catalog;
    }

    /**
     * What renders the lines that the command line asks for.
     *
     * @param colored whether the default format is coloured
     * @throws FormatException if the format that the user gave is wrong
     */
    LineSink.LineFormat lines(boolean colored) throws FormatException {
        return lines(settings.value(Option.PRINT), colored);
    }

    /**
     * What renders lines of a format.
     *
     * @param given an output format, or the name of one; null for the default
     * @param colored whether the default format is coloured
     * @throws FormatException if the format is wrong
     */
    LineSink.LineFormat lines(String given, boolean colored) throws FormatException {
        boolean json = settings.has(Option.JSON);
        String named = given == null ? colored && !json ? StandardFormats.TERMINAL : StandardFormats.DEFAULT
                : StandardFormats.named(given);
        format = OutputFormat.compile(named == null ? given : named, catalog);
        showsEnters |= named == null && format.names("evt.dir");
        return json ? new JsonFormat(format)::write : format::write;
    }

    /** Whether lines of a format that a user wrote name the direction of events: they tell enter events from exit events. */
    boolean showsEnters() {
        return showsEnters;
    }

    /** Which lines were left out because a field had no value; empty if none was. */
    List<OutputFormat.Hidden> hidden() {
        return format == null ? List.of() : format.hidden();
    }
}
