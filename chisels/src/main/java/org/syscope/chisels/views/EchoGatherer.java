package org.syscope.chisels.views;

import java.nio.charset.StandardCharsets;
import org.syscope.filters.field.EventContext;
import org.syscope.filters.field.FieldCatalog;
import org.syscope.filters.text.OutputBuffer;

/** What a selection reads and writes: who, how much, from or to where, then the data. */
final class EchoGatherer extends LineGatherer {

    private final EchoEvent event;
    private final boolean containers;
    private final OutputBuffer data = new OutputBuffer();

    EchoGatherer(FieldCatalog catalog, boolean containers) throws ViewException {
        this.event = new EchoEvent(catalog);
        this.containers = containers;
    }

    @Override
    public boolean add(EventContext context, boolean real) {
        if (!real || !event.read(context)) {
            return false;
        }
        EventLines.Direction direction = event.reads() ? EventLines.Direction.IN : EventLines.Direction.OUT;
        byte[] heading = event.heading(containers).replace('\n', ' ').getBytes(StandardCharsets.UTF_8);
        append(heading, heading.length, direction, true);
        append(heading, 0, direction, false);
        data.clear();
        event.data(data);
        append(data.array(), data.length(), direction, false);
        append(heading, 0, direction, false);
        return true;
    }
}
