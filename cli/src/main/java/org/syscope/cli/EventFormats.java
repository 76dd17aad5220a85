package org.syscope.cli;

import java.util.List;
import java.util.Map;
import org.syscope.capture.state.SystemState;
import org.syscope.filters.field.FieldCatalog;
import org.syscope.filters.field.FieldEnvironment;
import org.syscope.filters.field.StandardFields;
import org.syscope.filters.format.FormatException;
import org.syscope.filters.format.JsonFormat;
import org.syscope.filters.format.OutputFormat;
import org.syscope.filters.format.StandardFormats;
import org.syscope.filters.text.ServiceNames;
import org.syscope.filters.text.TextOptions;

/** How events are shown in a run: the fields there are, and the format of the lines. */
final class EventFormats {

    private final Settings settings;
    private final FieldCatalog catalog;
    private OutputFormat format;

    /** The formats that a command line asks for, over a state. */
    EventFormats(Settings settings, SystemState state) {
        this.settings = settings;
        boolean whole = settings.has(Option.VERBOSE) || settings.has(Option.JSON) || settings.has(Option.CHISEL);
        int maxLength = whole ? 0 : TextOptions.DEFAULT_MAX_LENGTH;
        ServiceNames services = settings.has(Option.RESOLVE_PORTS) ? new ServiceNames(ServiceNames.SYSTEM_FILE) : null;
        FieldEnvironment environment = FieldEnvironment.of(state)
                .with(new TextOptions(settings.bufferFormat(), maxLength, services))
                .with(settings.timeFormat());
        this.catalog = StandardFields.catalog(environment);
    }

    /** The fields. */
    FieldCatalog catalog() {
        return catalog;
    }

    /**
     * What renders the lines.
     *
     * @param terminal whether they go to a terminal
     * @throws FormatException if the format that the user gave is wrong
     */
    LineSink.LineFormat lines(boolean terminal, Map<String, String> environment) throws FormatException {
        boolean colored = settings.colored(terminal, environment.get("NO_COLOR"));
        format = OutputFormat.compile(text(colored && !settings.has(Option.JSON)), catalog);
        return settings.has(Option.JSON) ? new JsonFormat(format)::write : format::write;
    }

    private String text(boolean colored) {
        String given = settings.value(Option.PRINT);
        if (given == null) {
            return colored ? StandardFormats.TERMINAL : StandardFormats.DEFAULT;
        }
        String named = StandardFormats.named(given);
        return named == null ? given : named;
    }

    /** Which lines were left out because a field had no value; empty if none was. */
    List<OutputFormat.Hidden> hidden() {
        return format == null ? List.of() : format.hidden();
    }
}
