package org.syscope.filters.eval;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.syscope.filters.field.FieldCatalog;
import org.syscope.filters.format.Replay;
import org.syscope.filters.lang.FilterException;
import org.syscope.filters.text.TextOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Filters over real captures select as many events as sysdig 0.29.3 selects, but where the table says why not. */
final class CaptureFilterTest {
    private record Row(String filter, int events) {
    }

    @Test
    void selectsWhatSysdigSelects() throws IOException {
        assumeTrue(Replay.isPossible(), "no captures in " + Replay.folder() + ": set SYSCOPE_CAPTURES");
        List<String> wrong = new ArrayList<>();
        int checked = 0;
        for (Map.Entry<String, List<Row>> entry : rows().entrySet()) {
            List<Row> rows = entry.getValue();
            int[] counts = count(entry.getKey(), rows);
            for (int i = 0; i < counts.length; i++) {
                checked++;
                if (counts[i] != rows.get(i).events()) {
                    wrong.add(entry.getKey() + ": " + rows.get(i).filter() + " selects " + counts[i] + ", not "
                            + rows.get(i).events());
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(checked).isGreaterThan(400);
    }

    private static Map<String, List<Row>> rows() throws IOException {
        Map<String, List<Row>> rows = new TreeMap<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                CaptureFilterTest.class.getResourceAsStream("captures.tsv"), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.startsWith("#")) {
                    String[] cells = line.split("\t");
                    rows.computeIfAbsent(cells[0], c -> new ArrayList<>())
                            .add(new Row(cells[1], Integer.parseInt(cells[2])));
                }
            }
        }
        return rows;
    }

    /** One pass over a capture for all its filters. */
    private static int[] count(String capture, List<Row> rows) throws IOException {
        int[] counts = new int[rows.size()];
        Replay.events(capture, TextOptions.DEFAULT, catalog -> {
            List<Filter> filters = new ArrayList<>();
            for (Row row : rows) {
                filters.add(compiled(catalog, row.filter()));
            }
            return event -> {
                for (int i = 0; i < counts.length; i++) {
                    counts[i] += filters.get(i).matches(event) ? 1 : 0;
                }
            };
        });
        return counts;
    }

    private static Filter compiled(FieldCatalog catalog, String filter) {
        try {
            return new FilterCompiler(catalog).compile(filter);
        } catch (FilterException e) {
            throw new AssertionError(e.render(), e);
        }
    }
}
