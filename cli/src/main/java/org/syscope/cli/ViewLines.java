package org.syscope.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.syscope.chisels.views.EchoEvent;
import org.syscope.chisels.views.ViewEngine;
import org.syscope.chisels.views.ViewException;
import org.syscope.chisels.views.ViewLibrary;
import org.syscope.filters.field.CurrentEvent;
import org.syscope.filters.field.EventContext;
import org.syscope.filters.field.FieldCatalog;
import org.syscope.filters.format.FormatException;
import org.syscope.filters.format.JsonText;
import org.syscope.filters.format.OutputFormat;
import org.syscope.filters.text.OutputBuffer;

/**
 * Events and I/O for scripts, each as it comes and none kept. As JSON in csysdig's form: events as a list of their lines, I/O
 * as a list of objects: {@code d} direction, {@code l} length, {@code v} data, {@code f} fd with its type and name, also apart
 * as {@code fd}, {@code ft} and {@code fn}, {@code p} process, {@code c} container, {@code ta} time in ns since the epoch,
 * {@code td} since the first event.
 */
final class ViewLines implements ViewFront {

    private static final int BATCH = 2000;

    private final StandardOutput out;
    private final boolean json;
    private final boolean live;
    private final boolean containers;
    private final ViewEngine engine;
    private final OutputFormat format;
    private final EchoEvent echo;
    private final OutputBuffer line = new OutputBuffer();
    private final OutputBuffer value = new OutputBuffer();
    private long count;
    private long slices;
    private int elements;

    /**
     * A front end for lines.
     *
     * @param view {@link ViewLibrary#DIG} or {@link ViewLibrary#ECHO}
     */
    ViewLines(StandardOutput out, UiSettings settings, ViewEngine engine, FieldCatalog fields, String view)
            throws ViewException, FormatException {
        this.out = out;
        this.json = settings.front() == UiSettings.Front.JSON;
        this.live = settings.source().isLive();
        this.containers = settings.containers();
        this.engine = engine;
        boolean dig = view.equals(ViewLibrary.DIG);
        this.format = dig ? OutputFormat.compile(ViewEngine.digFormat(settings.containers()), fields) : null;
        this.echo = dig ? null : new EchoEvent(fields);
    }

    @Override
    public void opened() throws IOException {
        engine.onEvent(this::event);
        if (json) {
            put("{\"slices\": [\n");
        }
    }

    private void event(EventContext context) {
        try {
            if (format != null ? dig(context) : echo(context)) {
                count++;
            } else {
                return;
            }
            if (!json) {
                out.write(line.array(), 0, line.length());
            } else if (elements >= BATCH) {
                slice(engine.progress(), false);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean dig(EventContext context) {
        if (!CurrentEvent.isShown(context.event().type())) {
            return false;
        }
        value.clear();
        format.write(context, value);
        begin();
        if (json) {
            JsonText.string(line, value.array(), 0, value.length());
        } else {
            line.append(value.array(), 0, value.length());
            line.append('\n');
        }
        return true;
    }

    private boolean echo(EventContext context) {
        if (!echo.read(context)) {
            return false;
        }
        value.clear();
        echo.data(value);
        begin();
        if (!json) {
            line.append(echo.heading(containers).getBytes(StandardCharsets.UTF_8));
            line.ascii("\n\n");
            line.append(value.array(), 0, value.length());
            line.ascii("\n\n");
            return true;
        }
        String fd = Long.toString(echo.fdNumber());
        String container = echo.container();
        line.append('{');
        if (!container.isEmpty()) {
            member("c", container);
        }
        member("d", echo.reads() ? "<" : ">");
        member("f", fd + "(<" + echo.fdType() + ">" + echo.fdName() + ")");
        member("fd", fd);
        if (!echo.fdName().isEmpty()) {
            member("fn", echo.fdName());
        }
        member("ft", String.valueOf(echo.fdType()));
        member("l", Long.toString(echo.length()));
        member("p", echo.comm());
        member("ta", Long.toString(context.event().timestamp()));
        member("td", Long.toString(context.event().timestamp() - context.firstTimestamp()));
        line.ascii("\"v\":");
        JsonText.string(line, value.array(), 0, value.length());
        line.append('}');
        return true;
    }

    private void member(String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        line.append('"');
        line.ascii(name);
        line.ascii("\":");
        JsonText.string(line, bytes, 0, bytes.length);
        line.append(',');
    }

    /** Begins a line, or an element of the list. */
    private void begin() {
        if (!json) {
            line.clear();
        } else if (elements++ > 0) {
            line.append(',');
        }
    }

    /** Ends a slice. */
    private void slice(double percent, boolean last) throws IOException {
        put((slices++ == 0 ? "{\"progress\": " : ",\n{\"progress\": ") + String.format(Locale.ROOT, "%.2f", percent)
                + (last ? ", \"count\": " + count : "") + ", \"data\": [");
        out.write(line.array(), 0, line.length());
        put("]}");
        out.flush();
        line.clear();
        elements = 0;
    }

    @Override
    public void progress(double percent, long events) throws IOException {
        if (live) {
            if (json && elements > 0) {
                slice(percent, false);
            }
            out.flush();
        }
    }

    @Override
    public boolean finished() throws IOException {
        if (json) {
            slice(100, true);
            put("\n]}\n");
        }
        return false;
    }

    private void put(String words) throws IOException {
        out.write(words.getBytes(StandardCharsets.UTF_8));
    }
}
