package org.syscope.filters.eval;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.syscope.capture.event.Event;
import org.syscope.capture.state.SystemState;
import org.syscope.filters.field.EventContext;
import org.syscope.filters.field.FieldException;
import org.syscope.filters.field.FieldValue;

/** An event that has the values a test gives it. */
final class FakeEvent implements EventContext {
    private final Map<String, Object> values = new HashMap<>();
    private int code = 2;
    private int syscall = -1;

    /** Reads {@code name:value;name:value}; lists as {@code a|b}; {@code -} alone is an event without values. */
    static FakeEvent of(String spec) {
        FakeEvent event = new FakeEvent();
        for (String part : spec.equals("-") ? new String[0] : spec.split(";")) {
            int colon = part.indexOf(':');
            event.put(part.substring(0, colon), part.substring(colon + 1));
        }
        return event;
    }

    FakeEvent kind(int code, int syscall) {
        this.code = code;
        this.syscall = syscall;
        return this;
    }

    void put(String name, String text) {
        FakeFields.Kind kind = FakeFields.KINDS.get(name);
        if (name.equals("evt.code")) {
            code = Integer.parseInt(text);
        } else if (name.equals("evt.syscall")) {
            syscall = Integer.parseInt(text);
        } else if (kind.many()) {
            values.put(name, (text.isEmpty() ? List.<String>of() : List.of(text.split("\\|"))).stream()
                    .map(t -> value(kind, t)).toList());
        } else {
            values.put(name, value(kind, text));
        }
    }

    private static Object value(FakeFields.Kind kind, String text) {
        try {
            return switch (kind.type().group()) {
                case SIGNED -> Long.parseLong(text);
                case UNSIGNED -> Long.parseUnsignedLong(text);
                case BOOL -> text.equals("true") ? 1L : 0L;
                case REAL -> Double.parseDouble(text);
                case ADDRESS, NETWORK -> Network.parseAddress(text.replace('_', ':'));
                default -> text.getBytes(StandardCharsets.ISO_8859_1);
            };
        } catch (FieldException e) {
            throw new IllegalArgumentException(e);
        }
    }

    boolean extract(String name, FieldValue out) {
        switch (values.get(name)) {
            case null -> {
                return false;
            }
            case Long number -> out.setNumber(number);
            case Double real -> out.setReal(real);
            case byte[] bytes -> out.setBytes(bytes);
            case List<?> list -> extract(FakeFields.KINDS.get(name), list, out);
            default -> throw new IllegalStateException();
        }
        return true;
    }

    private static void extract(FakeFields.Kind kind, List<?> list, FieldValue out) {
        if (kind.type().isInteger()) {
            out.startNumbers();
            for (int i = 0; i < list.size(); i++) {
                out.addNumber((Long) list.get(i));
            }
        } else {
            out.startSlices();
            for (int i = 0; i < list.size(); i++) {
                byte[] bytes = (byte[]) list.get(i);
                out.addBytes(bytes, 0, bytes.length);
            }
        }
    }

    @Override
    public int eventCode() {
        return code;
    }

    @Override
    public int syscallCode() {
        return syscall;
    }

    @Override
    public Event event() {
        throw new IllegalStateException("a fake event has no bytes");
    }

    @Override
    public SystemState state() {
        throw new IllegalStateException("a fake event has no state");
    }

    @Override
    public long firstTimestamp() {
        return 0;
    }
}
