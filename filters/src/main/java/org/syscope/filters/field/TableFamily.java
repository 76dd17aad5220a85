package org.syscope.filters.field;

import java.util.List;
import org.syscope.capture.event.Text;
import org.syscope.capture.state.ThreadInfo;

/** A family whose rows are in the table of all fields. */
abstract class TableFamily implements FieldFamily {

    private final String name;
    private final String description;
    private final List<FieldInfo> fields;

    TableFamily(String name, FieldRows rows) {
        this.name = name;
        this.description = rows.description(name);
        this.fields = rows.of(name);
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String description() {
        return description;
    }

    @Override
    public final List<FieldInfo> fields() {
        return fields;
    }

    /** Takes a value from the thread of the event. */
    @FunctionalInterface
    interface ThreadGetter {
        boolean get(ThreadInfo thread, EventContext context, FieldValue out);
    }

    /** A field that no event without a thread has. */
    static BoundField thread(FieldInfo info, String argument, ThreadGetter getter) {
        return new BoundField(info, argument, (context, out) -> {
            ThreadInfo thread = context.state().thread();
            return thread != null && getter.get(thread, context, out);
        });
    }

    static boolean text(FieldValue out, Text value) {
        out.setBytes(value.array());
        return true;
    }

    static boolean ascii(FieldValue out, String value) {
        out.setText(value);
        return true;
    }

    static boolean number(FieldValue out, long value) {
        out.setNumber(value);
        return true;
    }

    static boolean bool(FieldValue out, boolean value) {
        out.setBool(value);
        return true;
    }

    /** A number that is missing where it is 0. */
    static boolean nonZero(FieldValue out, long value) {
        out.setNumber(value);
        return value != 0;
    }

    /** The number of an argument; -1 if it is none. */
    static int index(String argument) {
        if (argument == null || argument.isEmpty() || argument.length() > 9) {
            return -1;
        }
        for (int i = 0; i < argument.length(); i++) {
            if (argument.charAt(i) < '0' || argument.charAt(i) > '9') {
                return -1;
            }
        }
        return Integer.parseInt(argument);
    }

    static FieldException notANumber(FieldInfo info, String argument) {
        return new FieldException("field '" + info.name() + "' needs a number in brackets, not '" + argument + "'");
    }
}
