package org.syscope.filters.eval;

import java.util.List;
import org.syscope.filters.field.EventContext;
import org.syscope.filters.field.EventSet;
import org.syscope.filters.field.EventSpace;
import org.syscope.filters.field.Extractor;
import org.syscope.filters.field.FieldType;
import org.syscope.filters.field.FieldValue;

/** A value made from other values of the event; missing if one of them is. */
abstract class TransformedValue implements Extractor {
    private final FieldType type;
    private final boolean list;
    private final List<Extractor> inputs;

    TransformedValue(FieldType type, boolean list, List<Extractor> inputs) {
        this.type = type;
        this.list = list;
        this.inputs = List.copyOf(inputs);
    }

    final List<Extractor> inputs() {
        return inputs;
    }

    @Override
    public final FieldType type() {
        return type;
    }

    @Override
    public final boolean isList() {
        return list;
    }

    @Override
    public final EventSet events(EventSpace space) {
        EventSet result = EventSet.all(space);
        for (Extractor input : inputs) {
            result = result.and(input.events(space));
        }
        return result;
    }

    @Override
    public final int cost() {
        return inputs.stream().mapToInt(Extractor::cost).sum() + 10;
    }

    @Override
    public final boolean isStateful() {
        return inputs.stream().anyMatch(Extractor::isStateful);
    }

    /** A text or number of the filter itself. */
    static final class Constant extends TransformedValue {
        private final byte[] bytes;

        Constant(byte[] bytes) {
            super(FieldType.CHARBUF, false, List.of());
            this.bytes = bytes;
        }

        @Override
        public boolean extract(EventContext context, FieldValue out) {
            out.setBytes(bytes);
            return true;
        }
    }

    /** Several values as a list. */
    static final class Listed extends TransformedValue {
        private final FieldValue element = new FieldValue();

        Listed(List<Extractor> elements) {
            super(FieldType.CHARBUF, true, elements);
        }

        @Override
        public boolean extract(EventContext context, FieldValue out) {
            out.startSlices();
            for (int i = 0; i < inputs().size(); i++) {
                if (!inputs().get(i).extract(context, element)) {
                    return false;
                }
                out.addBytes(element.bytes(), element.offset(), element.length());
            }
            return true;
        }
    }

    /** {@code tolower} and {@code toupper}, of a text or each of a list. */
    static final class Cased extends TransformedValue {
        private final boolean upper;
        private final FieldValue in = new FieldValue();

        Cased(Extractor input, boolean upper) {
            super(input.type(), input.isList(), List.of(input));
            this.upper = upper;
        }

        @Override
        public boolean extract(EventContext context, FieldValue out) {
            if (!inputs().getFirst().extract(context, in)) {
                return false;
            }
            if (!in.isList()) {
                out.startBytes();
                add(in.offset(), in.length(), out);
                return true;
            }
            out.startSlices();
            for (int i = 0; i < in.count(); i++) {
                out.startElement();
                add(in.offsetAt(i), in.lengthAt(i), out);
                out.endElement();
            }
            return true;
        }

        private void add(int from, int size, FieldValue out) {
            byte[] bytes = in.bytes();
            for (int i = from; i < from + size; i++) {
                out.append(upper ? ByteSlices.upper(bytes[i]) : ByteSlices.lower(bytes[i]));
            }
        }
    }

    /** {@code basename}, of a text or each of a list. */
    static final class Basename extends TransformedValue {
        private final FieldValue in = new FieldValue();

        Basename(Extractor input) {
            super(input.type(), input.isList(), List.of(input));
        }

        @Override
        public boolean extract(EventContext context, FieldValue out) {
            if (!inputs().getFirst().extract(context, in)) {
                return false;
            }
            if (!in.isList()) {
                int start = start(in.offset(), in.length());
                out.setBytes(in.bytes(), start, in.offset() + in.length() - start);
                return true;
            }
            out.startSlices();
            for (int i = 0; i < in.count(); i++) {
                int start = start(in.offsetAt(i), in.lengthAt(i));
                out.addBytes(in.bytes(), start, in.offsetAt(i) + in.lengthAt(i) - start);
            }
            return true;
        }

        private int start(int from, int size) {
            int i = from + size;
            while (i > from && in.bytes()[i - 1] != '/') {
                i--;
            }
            return i;
        }
    }

    /** {@code len}: bytes of a text or buffer, elements of a list. */
    static final class Length extends TransformedValue {
        private final FieldValue in = new FieldValue();

        Length(Extractor input) {
            super(FieldType.UINT64, false, List.of(input));
        }

        @Override
        public boolean extract(EventContext context, FieldValue out) {
            if (!inputs().getFirst().extract(context, in)) {
                return false;
            }
            out.setNumber(in.isList() ? in.count() : in.length());
            return true;
        }
    }

    /** {@code b64}: decodes base64, with or without padding; missing if it is not base64. */
    static final class Base64 extends TransformedValue {
        private final FieldValue in = new FieldValue();

        Base64(Extractor input) {
            super(input.type(), input.isList(), List.of(input));
        }

        @Override
        public boolean extract(EventContext context, FieldValue out) {
            if (!inputs().getFirst().extract(context, in)) {
                return false;
            }
            if (!in.isList()) {
                out.startBytes();
                return decode(in.offset(), in.length(), out);
            }
            out.startSlices();
            for (int i = 0; i < in.count(); i++) {
                out.startElement();
                if (!decode(in.offsetAt(i), in.lengthAt(i), out)) {
                    return false;
                }
                out.endElement();
            }
            return true;
        }

        private boolean decode(int from, int size, FieldValue out) {
            byte[] bytes = in.bytes();
            int end = from + size;
            for (int padding = 0; padding < 2 && end > from && bytes[end - 1] == '='; padding++) {
                end--;
            }
            if ((end - from) % 4 == 1 || end < from + size && size % 4 != 0) {
                return false;
            }
            int held = 0;
            int bits = 0;
            for (int i = from; i < end; i++) {
                int digit = digit(bytes[i]);
                if (digit < 0) {
                    return false;
                }
                held = held << 6 | digit;
                bits += 6;
                if (bits >= 8) {
                    bits -= 8;
                    out.append(held >> bits);
                }
            }
            return true;
        }

        private static int digit(byte b) {
            if (b >= 'A' && b <= 'Z') {
                return b - 'A';
            }
            if (b >= 'a' && b <= 'z') {
                return b - 'a' + 26;
            }
            if (b >= '0' && b <= '9') {
                return b - '0' + 52;
            }
            return b == '+' ? 62 : b == '/' ? 63 : -1;
        }
    }

    /** {@code join} (of lists and texts, with a separator) and {@code concat} (without). */
    static final class Joined extends TransformedValue {
        private final int first;
        private final FieldValue separator = new FieldValue();
        private final FieldValue in = new FieldValue();

        /**
         * Texts put together.
         *
         * @param separated the first input is the separator
         */
        Joined(List<Extractor> inputs, boolean separated) {
            super(FieldType.CHARBUF, false, inputs);
            this.first = separated ? 1 : 0;
            separator.startBytes();
        }

        @Override
        public boolean extract(EventContext context, FieldValue out) {
            if (first == 1 && !inputs().getFirst().extract(context, separator)) {
                return false;
            }
            out.startBytes();
            boolean begun = false;
            for (int i = first; i < inputs().size(); i++) {
                if (!inputs().get(i).extract(context, in)) {
                    return false;
                }
                if (!in.isList()) {
                    add(in.offset(), in.length(), begun, out);
                    begun = true;
                }
                for (int k = 0; in.isList() && k < in.count(); k++) {
                    add(in.offsetAt(k), in.lengthAt(k), begun, out);
                    begun = true;
                }
            }
            return true;
        }

        private void add(int offset, int length, boolean begun, FieldValue out) {
            if (begun) {
                out.append(separator.bytes(), separator.offset(), separator.length());
            }
            out.append(in.bytes(), offset, length);
        }
    }
}
