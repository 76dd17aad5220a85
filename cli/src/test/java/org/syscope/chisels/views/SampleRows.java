package org.syscope.chisels.views;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Makes rows without events, which only the engine can otherwise. */
public final class SampleRows {

    private SampleRows() {
    }

    /** A row with a cell for each column: a {@link String} or a {@link Long}. */
    public static SampleRow row(String key, float[] history, Object... cells) {
        long[] numbers = new long[cells.length];
        int[] counts = new int[cells.length];
        byte[][] texts = new byte[cells.length][];
        for (int i = 0; i < cells.length; i++) {
            counts[i] = 1;
            if (cells[i] instanceof Long number) {
                numbers[i] = number;
            } else {
                texts[i] = ((String) cells[i]).getBytes(StandardCharsets.UTF_8);
            }
        }
        return new SampleRow(key.getBytes(StandardCharsets.UTF_8), numbers, counts, texts, history);
    }

    /** The selection of a row by a field. */
    public static Selection selection(String view, String field, String value) {
        return new Selection(view, "", field, value, field + "=" + value, false);
    }

    /** A library of some views. */
    public static ViewLibrary library(ViewDefinition... views) {
        return new ViewLibrary(List.of(views));
    }
}
