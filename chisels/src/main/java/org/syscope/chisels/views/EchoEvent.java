package org.syscope.chisels.views;

import org.syscope.capture.event.EventFlag;
import org.syscope.capture.event.EventType;
import org.syscope.capture.state.FdInfo;
import org.syscope.filters.field.EventContext;
import org.syscope.filters.field.Extractor;
import org.syscope.filters.field.FieldCatalog;
import org.syscope.filters.field.FieldException;
import org.syscope.filters.field.FieldValue;
import org.syscope.filters.field.TextField;
import org.syscope.filters.text.OutputBuffer;

/** The data that a call has read or written, and what is said of it; holds one event at a time. */
public final class EchoEvent {

    private static final String UNNAMED = "unnamed FD";

    private final TextField buffer;
    private final Extractor result;
    private final Extractor container;
    private final FieldValue value = new FieldValue();
    private final OutputBuffer text = new OutputBuffer();
    private EventContext context;
    private FdInfo fd;
    private int from;
    private int to;

    /** Takes events apart with these fields, which say how buffers are shown. */
    public EchoEvent(FieldCatalog catalog) throws ViewException {
        try {
            this.buffer = (TextField) catalog.resolve("evt.buffer");
            this.result = catalog.resolve("evt.rawres");
            this.container = catalog.resolve("container.name");
        } catch (FieldException e) {
            throw new ViewException("echo: " + e.getMessage());
        }
    }

    /** Takes an event; false if no data came of it. */
    public boolean read(EventContext event) {
        EventType type = event.event().type();
        fd = event.state().fd();
        if (type.isEnter() || !type.is(EventFlag.READS_FROM_FD) && !type.is(EventFlag.WRITES_TO_FD) || fd == null
                || event.state().thread() == null || !result.extract(event, value) || value.number() <= 0) {
            return false;
        }
        context = event;
        text.clear();
        if (!buffer.write(event, text, false)) {
            return false;
        }
        from = text.length() > 0 && text.array()[0] == '\n' ? 1 : 0;
        to = text.length();
        if (to > from && text.array()[to - 1] == '\n') {
            to--;
        }
        return true;
    }

    /** Whether it was read, not written. */
    public boolean reads() {
        return context.event().type().is(EventFlag.READS_FROM_FD);
    }

    /** How many bytes were read or written; more than the data where the tracer kept only a part. */
    public long length() {
        result.extract(context, value);
        return value.number();
    }

    /** Number of the fd. */
    public long fdNumber() {
        return context.state().fdNumber();
    }

    /** The letter of the fd's type. */
    public char fdType() {
        return fd.type.character();
    }

    /** Name of what the fd is open on; empty if it has none. */
    public String fdName() {
        return fd.name.toString();
    }

    /** Name of the thread. */
    public String comm() {
        return context.state().thread().comm.toString();
    }

    /** Name of the container; empty on the host or if it is not known. */
    public String container() {
        return container.extract(context, value) ? value.text() : "";
    }

    /** Adds the data as text, without a line break at its begin and end. */
    public void data(OutputBuffer out) {
        out.append(text.array(), from, to - from);
    }

    /** The line in front of the data: direction, length, fd, process, and the container where it is wanted. */
    public String heading(boolean containers) {
        String name = fdName();
        return "------ " + (reads() ? "Read " : "Write ") + length() + "B " + (reads() ? "from " : "to ")
                + (name.isEmpty() ? UNNAMED : name) + " (" + comm() + ")" + (containers ? " [" + container() + "]" : "");
    }
}
