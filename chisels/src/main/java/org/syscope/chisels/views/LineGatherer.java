package org.syscope.chisels.views;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.syscope.filters.text.OutputBuffer;
import org.syscope.filters.text.TextEscape;

/** Lines about events, the last ones of them: bounded by number and by size. */
abstract class LineGatherer implements Gatherer {

    private static final int MAX_LINES = 50_000;
    private static final long MAX_CHARACTERS = 24L << 20;

    private final ArrayDeque<EventLines.Line> lines = new ArrayDeque<>();
    private final OutputBuffer escaped = new OutputBuffer();
    private long characters;
    private long dropped;

    /** Adds lines: what is written between line feeds, control characters escaped, tabs as eight columns. */
    final void append(byte[] text, int length, EventLines.Direction direction, boolean heading) {
        int from = 0;
        for (int i = 0; i <= length; i++) {
            if (i == length || text[i] == '\n') {
                line(text, from, i - from, direction, heading);
                from = i + 1;
            }
        }
    }

    private void line(byte[] text, int offset, int length, EventLines.Direction direction, boolean heading) {
        escaped.clear();
        int from = offset;
        if (length > 0 && text[from] == '\t') {
            escaped.ascii("        ");
            from++;
        }
        TextEscape.append(escaped, text, from, offset + length - from);
        String line = new String(escaped.array(), 0, escaped.length(), StandardCharsets.UTF_8);
        while (!lines.isEmpty() && (lines.size() >= MAX_LINES || characters + line.length() > MAX_CHARACTERS)) {
            characters -= lines.removeFirst().text().length();
            dropped++;
        }
        lines.add(new EventLines.Line(line, direction, heading));
        characters += line.length();
    }

    @Override
    public final EventLines lines(String part) {
        if (part.isEmpty()) {
            return new EventLines(List.of(lines.toArray(EventLines.Line[]::new)), dropped);
        }
        List<EventLines.Line> kept = new ArrayList<>();
        for (EventLines.Line line : lines) {
            if (Sample.contains(line.text(), part)) {
                kept.add(line);
            }
        }
        return new EventLines(List.copyOf(kept), 0);
    }

    @Override
    public void clear() {
        lines.clear();
        characters = 0;
        dropped = 0;
    }
}
