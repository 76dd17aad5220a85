package org.syscope.chisels;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalDouble;
import org.syscope.capture.event.Event;
import org.syscope.capture.state.SystemState;
import org.syscope.filters.field.EventContext;
import org.syscope.filters.field.EventSpace;
import org.syscope.filters.field.Field;
import org.syscope.filters.field.FieldCatalog;
import org.syscope.filters.field.FieldFamily;
import org.syscope.filters.field.FieldInfo;
import org.syscope.filters.field.FieldType;
import org.syscope.filters.field.FieldValue;
import org.syscope.filters.field.PrintFormat;

/** A run with made-up events: a name, a number and a truth value each; filters know {@code name=}. */
final class FakeSession implements CaptureSession {
    private final OutputStream out;
    private final List<String> notes = new ArrayList<>();
    private final SystemState state = new SystemState(null);
    private FieldCatalog fields = catalog(false);
    private String captureFilter = "";
    private long count;

    FakeSession(OutputStream out) {
        this.out = out;
    }

    /** An event; a null value is one that the event has not. */
    record Fact(long time, Object... values) implements EventContext {
        @Override
        public int eventCode() {
            return 2;
        }

        @Override
        public int syscallCode() {
            return -1;
        }

        @Override
        public Event event() {
            throw new UnsupportedOperationException();
        }

        @Override
        public SystemState state() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long firstTimestamp() {
            return 0;
        }
    }

    private record FakeField(FieldInfo info, int index, boolean hex, FakeSession session) implements Field {
        @Override
        public String text() {
            return info.name();
        }

        @Override
        public boolean extract(EventContext context, FieldValue out) {
            Object value = switch (index) {
                case -1 -> ++session.count;
                case -2 -> "open";
                case -3 -> 0L;
                default -> ((Fact) context).values()[index];
            };
            switch (value) {
                case null -> {
                    return false;
                }
                case Long number -> out.setNumber(number);
                case Boolean truth -> out.setBool(truth);
                default -> out.setText(hex ? HexFormat.of().formatHex(value.toString().getBytes(StandardCharsets.UTF_8))
                        : value.toString());
            }
            return true;
        }
    }

    private FieldCatalog catalog(boolean hex) {
        List<FieldInfo> infos = List.of(info("name", FieldType.CHARBUF), info("number", FieldType.INT64),
                info("truth", FieldType.BOOL), info("evt.num", FieldType.UINT64), info("evt.type", FieldType.CHARBUF),
                info("evt.cpu", FieldType.INT16));
        int[] indexes = {0, 1, 2, -1, -2, -3};
        return new FieldCatalog(List.of(new FieldFamily() {
            @Override
            public String name() {
                return "fake";
            }

            @Override
            public String description() {
                return "fake";
            }

            @Override
            public List<FieldInfo> fields() {
                return infos;
            }

            @Override
            public Field create(FieldInfo info, String argument) {
                return new FakeField(info, indexes[infos.indexOf(info)], hex, FakeSession.this);
            }
        }), new EventSpace(10, 10));
    }

    private static FieldInfo info(String name, FieldType type) {
        return FieldInfo.of(name, type, PrintFormat.DEC, name);
    }

    List<String> notes() {
        return notes;
    }

    @Override
    public FieldCatalog fields() {
        return fields;
    }

    @Override
    public EventTest filter(String expression) throws ChiselException {
        if (!expression.startsWith("name=")) {
            throw ChiselException.failure("bad filter " + expression);
        }
        return context -> ((Fact) context).values()[0].equals(expression.substring(5));
    }

    @Override
    public EventPrinter printer(String format) {
        return context -> {
            try {
                out.write(("line " + format + " " + ((Fact) context).values()[1] + "\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    @Override
    public OutputStream out() {
        return out;
    }

    @Override
    public SystemState state() {
        return state;
    }

    @Override
    public boolean isTerminal() {
        return false;
    }

    @Override
    public int terminalWidth() {
        return -1;
    }

    @Override
    public int terminalHeight() {
        return -1;
    }

    @Override
    public boolean isLive() {
        return false;
    }

    @Override
    public String sourceName() {
        return "made up";
    }

    @Override
    public String captureFilter() {
        return captureFilter;
    }

    @Override
    public boolean showsContainers() {
        return false;
    }

    @Override
    public boolean printsJson() {
        return false;
    }

    @Override
    public long firstTimestamp() {
        return 0;
    }

    @Override
    public long lastTimestamp() {
        return 0;
    }

    @Override
    public OptionalDouble readProgress() {
        return OptionalDouble.empty();
    }

    @Override
    public List<Container> containers() {
        return List.of();
    }

    @Override
    public void setCaptureFilter(String expression) {
        captureFilter = expression;
        notes.add("filter " + expression);
    }

    @Override
    public void setSnaplen(int bytes) {
        notes.add("snaplen " + bytes);
    }

    @Override
    public void setOutputFormat(String format) {
        notes.add("format " + format);
        fields = catalog(format.equals("hex"));
    }

    @Override
    public void setFatfile(boolean on) {
        notes.add("fatfile " + on);
    }

    @Override
    public void requestRun(String commandLine) {
        notes.add("run " + commandLine);
    }

    @Override
    public void endCapture() {
        notes.add("end");
    }

    @Override
    public void log(String level, String text) {
        notes.add(level + " " + text);
    }
}
