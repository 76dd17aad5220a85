package org.syscope.chisels.views;

import org.syscope.filters.field.EventContext;
import org.syscope.filters.field.Field;
import org.syscope.filters.field.FieldCatalog;
import org.syscope.filters.field.FieldException;
import org.syscope.filters.field.FieldType;
import org.syscope.filters.field.FieldValue;
import org.syscope.filters.field.PrintFormat;
import org.syscope.filters.field.TextField;
import org.syscope.filters.text.OutputBuffer;

/**
 * A column at work: takes its value from an event and holds it until the next. What holds a list gives its first element.
 */
final class TableColumn {

    private static final String COUNTS = "evt.count";
    private static final String ACCOUNTS = "info";

    private final ViewColumn definition;
    private final Field field;
    private final TextField shown;
    private final boolean text;
    private final boolean counts;
    private final FieldValue value = new FieldValue();
    private final OutputBuffer written = new OutputBuffer();
    private boolean present;
    private long number;
    private byte[] bytes = {};
    private int offset;
    private int length;

    TableColumn(ViewDefinition view, ViewColumn definition, FieldCatalog catalog, int depth) throws ViewException {
        this.definition = definition;
        String name = definition.field(depth);
        try {
            this.field = catalog.resolve(name);
        } catch (FieldException e) {
            throw new ViewException("view " + view.id() + ", column " + definition.name() + ": " + e.getMessage());
        }
        this.text = field.type().isBytes() || !field.type().isInteger() && field.type().group() != FieldType.Group.REAL;
        this.shown = text && field instanceof TextField writer ? writer : null;
        this.counts = name.startsWith(COUNTS) && !name.endsWith(ACCOUNTS);
    }

    ViewColumn definition() {
        return definition;
    }

    SampleColumn description() {
        return new SampleColumn(definition, field.text(), text && !field.type().isBytes() ? FieldType.CHARBUF : field.type(),
                field.info().format(), field.info().description());
    }

    /**
     * Takes the value from an event.
     *
     * @param real false if it is no event but an account of a thread, which counts for nothing
     */
    void take(EventContext context, boolean real) {
        present = (real || !counts) && extract(context);
        if (!present) {
            number = 0;
            length = 0;
        }
    }

    private boolean extract(EventContext context) {
        if (shown != null) {
            written.clear();
            if (!shown.write(context, written, false)) {
                return false;
            }
            bytes = written.array();
            offset = 0;
            length = written.length();
            return true;
        }
        if (!field.extract(context, value)) {
            return false;
        }
        switch (value.kind()) {
            case NUMBER -> number = value.number();
            case REAL -> number = Double.doubleToRawLongBits(value.real());
            case BYTES -> slice(value.offset(), value.length());
            case NUMBERS -> number = value.count() == 0 ? 0 : value.numberAt(0);
            case SLICES -> slice(value.count() == 0 ? 0 : value.offsetAt(0), value.count() == 0 ? 0 : value.lengthAt(0));
            case NONE -> {
                return false;
            }
        }
        return !value.isList() || value.count() > 0;
    }

    private void slice(int from, int size) {
        bytes = value.bytes();
        offset = from;
        length = size;
    }

    /** Whether the last event had a value. */
    boolean present() {
        return present;
    }

    /** Whether values are bytes, not numbers. */
    boolean isText() {
        return text;
    }

    boolean isReal() {
        return field.type().group() == FieldType.Group.REAL;
    }

    boolean isUnsigned() {
        return field.type().group() != FieldType.Group.SIGNED;
    }

    /** The last event's number; of a real one the bits of a double; 0 if it had none. */
    long number() {
        return number;
    }

    byte[] bytes() {
        return bytes;
    }

    int offset() {
        return offset;
    }

    /** How many bytes the last event's text has; 0 if it had none. */
    int length() {
        return length;
    }

    /** Whether a default may stand for a missing value: 0 for numbers that count something, no bytes for texts. */
    boolean hasDefault() {
        FieldType type = field.type();
        if (text) {
            return !CellText.isAddress(type);
        }
        return type != FieldType.PORT && (isReal() || field.info().format() == PrintFormat.DEC || type == FieldType.BOOL);
    }

    /** The field of the column. */
    Field field() {
        return field;
    }
}
