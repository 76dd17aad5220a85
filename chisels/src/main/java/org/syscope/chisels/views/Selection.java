package org.syscope.chisels.views;

import java.nio.charset.StandardCharsets;
import org.syscope.filters.text.Utf8;

/**
 * A step of a drill-down: which rows of a view the user chose.
 *
 * @param viewName of the view that was left
 * @param viewFilter what of that view's filter stays in force; empty for nothing
 * @param field that was chosen by; empty if the whole view was taken
 * @param value as shown, for the breadcrumb line
 * @param condition the filter for the chosen value; empty if the whole view was taken
 * @param childOnly whether the condition holds in the next view only
 */
public record Selection(String viewName, String viewFilter, String field, String value, String condition, boolean childOnly) {

    private static final String HEX = "0123456789abcdef";

    /** A condition that takes the whole view. */
    static Selection whole(ViewDefinition view, int depth) {
        return new Selection(view.name(), view.propagateFilter() ? view.filter(depth) : "", "", "", "", false);
    }

    /** A text as a constant of a filter: bytes that are no printable character as {@code \\xHH}. */
    static String quoted(byte[] value) {
        StringBuilder text = new StringBuilder("\"");
        int i = 0;
        while (i < value.length) {
            int c = value[i] & 0xFF;
            int width = c < 0x80 ? 1 : Utf8.sequence(value, i, value.length);
            if (c < 0x20 || c == 0x7F || width <= 0) {
                text.append("\\x").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
                width = 1;
            } else if (c == '"' || c == '\\') {
                text.append('\\').append((char) c);
            } else {
                text.append(new String(value, i, width, StandardCharsets.UTF_8));
            }
            i += width;
        }
        return text.append('"').toString();
    }

    /** The filter of this step alone; empty for none. */
    String filter(boolean last) {
        String own = childOnly && !last ? "" : condition;
        return viewFilter.isEmpty() ? own : own.isEmpty() ? "(" + viewFilter + ")" : "(" + viewFilter + ") and " + own;
    }
}
