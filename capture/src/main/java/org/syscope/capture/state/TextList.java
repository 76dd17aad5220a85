package org.syscope.capture.state;

import java.util.ArrayList;
import java.util.List;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.Text;

/**
 * NUL-separated strings as the kernel gives arguments, environment and cgroups: kept as one blob, split when first asked
 * for. Immutable.
 */
public final class TextList {

    /** The list without strings. */
    public static final TextList EMPTY = new TextList(Text.EMPTY);

    private final Text blob;
    private List<Text> parts;

    private TextList(Text blob) {
        this.blob = blob;
    }

    /** The strings in {@code blob}; the last one may lack its NUL. */
    public static TextList of(Text blob) {
        return blob.isEmpty() ? EMPTY : new TextList(blob);
    }

    /** The strings in a BYTEBUF parameter of an event; empty where it is empty or not carried. */
    public static TextList of(Event event, int parameter) {
        int length = event.parameterLength(parameter);
        return length == 0 ? EMPTY
                : new TextList(Text.copyOf(event.segment(), event.parameterOffset(parameter), length));
    }

    /** The bytes with their NULs, as they were given. */
    public Text blob() {
        return blob;
    }

    /** Whether there are no bytes. */
    public boolean isEmpty() {
        return blob.isEmpty();
    }

    /** The strings, without their NULs. An empty string between two NULs counts. */
    public List<Text> parts() {
        if (parts == null) {
            parts = split();
        }
        return parts;
    }

    private List<Text> split() {
        List<Text> result = new ArrayList<>();
        byte[] bytes = blob.array();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                result.add(Text.copyOf(bytes, start, i - start));
                start = i + 1;
            }
        }
        if (start < bytes.length) {
            result.add(Text.copyOf(bytes, start, bytes.length - start));
        }
        return List.copyOf(result);
    }

    @Override
    public String toString() {
        return parts().toString();
    }
}
