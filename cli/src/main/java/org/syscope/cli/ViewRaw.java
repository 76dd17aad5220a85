package org.syscope.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.syscope.chisels.views.Sample;
import org.syscope.chisels.views.SampleRow;
import org.syscope.chisels.views.ViewEngine;

/** Views as plain text: the rows, numbers in ten columns, then a line of dashes; live for each interval. */
final class ViewRaw implements ViewFront {

    private static final int NUMBER = 10;
    private static final byte[] END = "----------------------\n".getBytes(StandardCharsets.US_ASCII);

    private final StandardOutput out;
    private final UiSettings settings;
    private final ViewEngine engine;
    private long shownRows;

    ViewRaw(StandardOutput out, UiSettings settings, ViewEngine engine) {
        this.out = out;
        this.settings = settings;
        this.engine = engine;
    }

    @Override
    public void opened() {
        if (settings.source().isLive()) {
            engine.onInterval(this::interval);
        }
    }

    private void interval(Sample sample) {
        try {
            print(sample);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean finished() throws IOException {
        if (!settings.source().isLive()) {
            print(engine.shown().sample());
        }
        return false;
    }

    private void print(Sample sample) throws IOException {
        List<SampleRow> rows = sample.rows();
        int last = settings.lastRow() == 0 ? rows.size() - 1 : Math.min(settings.lastRow(), rows.size() - 1);
        for (int i = settings.firstRow(); i <= last; i++) {
            StringBuilder line = new StringBuilder();
            for (int j = 0; j < sample.columns().size(); j++) {
                String cell = sample.text(rows.get(i), j);
                if (sample.columns().get(j).isNumeric()) {
                    line.append(" ".repeat(Math.max(0, NUMBER - cell.length())));
                }
                line.append(cell).append(' ');
            }
            line.append('\n');
            out.write(line.toString().getBytes(StandardCharsets.UTF_8));
        }
        out.write(END);
    }
}
