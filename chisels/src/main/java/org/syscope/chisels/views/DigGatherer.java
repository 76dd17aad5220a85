package org.syscope.chisels.views;

import org.syscope.filters.field.CurrentEvent;
import org.syscope.filters.field.EventContext;
import org.syscope.filters.field.FieldCatalog;
import org.syscope.filters.format.FormatException;
import org.syscope.filters.format.OutputFormat;
import org.syscope.filters.text.OutputBuffer;

/** The events of a selection, a line each. */
final class DigGatherer extends LineGatherer {

    private static final String PLAIN =
            "*%evt.num %evt.time %evt.cpu %proc.name (%thread.tid) %evt.dir %evt.type %evt.info";
    private static final String CONTAINERS = "*%evt.num %evt.time %evt.cpu %container.name (%container.id) %proc.name "
            + "(%thread.tid:%thread.vtid) %evt.dir %evt.type %evt.info";
    private static final String LATENCY = "*(latency=%evt.latency.human) ";

    private final OutputFormat format;
    private final OutputBuffer line = new OutputBuffer();

    DigGatherer(FieldCatalog catalog, boolean containers, boolean latency) throws ViewException {
        try {
            this.format = OutputFormat.compile(format(containers, latency), catalog);
        } catch (FormatException e) {
            throw new ViewException("dig: " + e.getMessage());
        }
    }

    /** The format of a line. */
    static String format(boolean containers, boolean latency) {
        String usual = containers ? CONTAINERS : PLAIN;
        return latency ? LATENCY + usual.substring(1) : usual;
    }

    @Override
    public boolean add(EventContext context, boolean real) {
        if (!real || !CurrentEvent.isShown(context.event().type())) {
            return false;
        }
        line.clear();
        format.write(context, line);
        append(line.array(), line.length(), EventLines.Direction.NONE, false);
        return true;
    }
}
