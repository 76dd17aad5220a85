package org.syscope.filters.eval;

import java.util.List;
import org.syscope.filters.field.EventContext;
import org.syscope.filters.field.Extractor;
import org.syscope.filters.field.FieldType;
import org.syscope.filters.field.FieldValue;

/**
 * {@code getopt}: reads a list of arguments as getopt(3) does. Words that begin with two dashes are passed over, the
 * first other word that is no option, or {@code --}, ends it; an option that the option string does not have, or one
 * that lacks its value, is a question mark. A single text is split at its blanks first.
 *
 * <p>Without a wanted letter the value is the list of all options in their order, each followed by its value if it has
 * one. With one it is the value of that option's last use, or its letter if it takes none; missing if it is not used.
 */
final class Options extends TransformedValue {
    private final byte[] taken;
    private final byte wanted;
    private final FieldValue in = new FieldValue();
    private final FieldValue words = new FieldValue();

    /**
     * Reads options.
     *
     * @param arguments a list of texts, or one
     * @param taken getopt's option string: letters, with a colon behind those that take a value, two if it may be missing
     * @param wanted the option whose value is asked for; 0 for all of them
     */
    Options(Extractor arguments, byte[] taken, byte wanted) {
        super(FieldType.CHARBUF, wanted == 0, List.of(arguments));
        this.taken = taken;
        this.wanted = wanted;
    }

    @Override
    public boolean extract(EventContext context, FieldValue out) {
        if (!inputs().getFirst().extract(context, in)) {
            return false;
        }
        FieldValue list = in.isList() ? in : split();
        boolean found = false;
        if (wanted == 0) {
            out.startSlices();
        }
        int word = 0;
        while (word < list.count()) {
            int at = list.offsetAt(word);
            int end = at + list.lengthAt(word);
            byte[] bytes = list.bytes();
            if (end - at < 2 || bytes[at] != '-') {
                break;
            }
            if (bytes[at + 1] == '-') {
                if (end - at == 2) {
                    break;
                }
                word++;
                continue;
            }
            int next = word + 1;
            for (int i = at + 1; i < end; i++) {
                byte letter = bytes[i];
                int colons = colons(letter);
                if (colons < 0) {
                    found |= unknown(out);
                } else if (colons == 0) {
                    found |= option(letter, bytes, i, 1, false, out);
                } else if (i + 1 < end) {
                    found |= option(letter, bytes, i + 1, end - i - 1, true, out);
                    break;
                } else if (colons == 1 && next < list.count()) {
                    found |= option(letter, bytes, list.offsetAt(next), list.lengthAt(next), true, out);
                    next++;
                } else if (colons == 2) {
                    found |= option(letter, bytes, i, 1, false, out);
                } else {
                    found |= unknown(out);
                }
            }
            word = next;
        }
        return wanted == 0 || found;
    }

    /** The colons behind a letter in the option string; -1 if the letter is not there. */
    private int colons(byte letter) {
        if (letter == ':') {
            return -1;
        }
        for (int i = 0; i < taken.length; i++) {
            if (taken[i] == letter) {
                int colons = 0;
                while (colons < 2 && i + 1 + colons < taken.length && taken[i + 1 + colons] == ':') {
                    colons++;
                }
                return colons;
            }
        }
        return -1;
    }

    private boolean option(byte letter, byte[] bytes, int from, int size, boolean isValue, FieldValue out) {
        if (wanted == 0) {
            out.startElement();
            out.append(letter);
            out.endElement();
            if (isValue) {
                out.addBytes(bytes, from, size);
            }
            return true;
        }
        if (letter != wanted) {
            return false;
        }
        out.startBytes();
        out.append(bytes, from, size);
        return true;
    }

    private boolean unknown(FieldValue out) {
        if (wanted == 0) {
            out.startElement();
            out.append('?');
            out.endElement();
        }
        return false;
    }

    private FieldValue split() {
        words.startSlices();
        byte[] bytes = in.bytes();
        int end = in.offset() + in.length();
        int i = in.offset();
        while (i < end) {
            int from = i;
            while (i < end && bytes[i] != ' ') {
                i++;
            }
            if (i > from) {
                words.addBytes(bytes, from, i - from);
            }
            i++;
        }
        return words;
    }
}
