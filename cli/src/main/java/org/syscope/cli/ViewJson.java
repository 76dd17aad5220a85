package org.syscope.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.syscope.chisels.views.RowFilters;
import org.syscope.chisels.views.Sample;
import org.syscope.chisels.views.SampleColumn;
import org.syscope.chisels.views.SampleRow;
import org.syscope.chisels.views.Shown;
import org.syscope.chisels.views.ViewColumn;
import org.syscope.chisels.views.ViewDefinition;
import org.syscope.chisels.views.ViewEngine;
import org.syscope.filters.field.PrintFormat;
import org.syscope.filters.format.JsonText;
import org.syscope.filters.text.OutputBuffer;

/**
 * Views as JSON, in csysdig's form: an object with a list of slices, of which those that only tell the progress have no
 * rows. Files give one slice, a live trace one for each interval.
 */
final class ViewJson implements ViewFront {

    private static final long PROGRESS_EVENTS = 300_000;

    private final StandardOutput out;
    private final UiSettings settings;
    private final ViewEngine engine;
    private final JsonCommands commands;
    private final OutputBuffer text = new OutputBuffer();
    private long nextProgress = PROGRESS_EVENTS;

    /**
     * A front end for scripts.
     *
     * @param commands what is asked for after each picture; null to end with the first
     */
    ViewJson(StandardOutput out, UiSettings settings, ViewEngine engine, JsonCommands commands) {
        this.out = out;
        this.settings = settings;
        this.engine = engine;
        this.commands = commands;
    }

    @Override
    public void opened() throws IOException {
        if (commands != null) {
            put("ready\n");
        }
        put("{\"slices\": [\n{\"progress\": 0}");
        out.flush();
        if (settings.source().isLive()) {
            engine.onInterval(this::interval);
        }
        if (commands != null && settings.source().isLive()) {
            commands.listen(engine);
        }
    }

    @Override
    public void progress(double percent, long events) throws IOException {
        if (!settings.source().isLive() && engine.shown().time().events() >= nextProgress) {
            nextProgress += PROGRESS_EVENTS;
            put(",\n{\"progress\": " + String.format(Locale.ROOT, "%.2f", percent) + "}");
            out.flush();
        }
    }

    private void interval(Sample sample) {
        try {
            slice(sample);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean finished() throws IOException {
        nextProgress = PROGRESS_EVENTS;
        if (!settings.source().isLive()) {
            slice(engine.shown().sample());
            out.flush();
        }
        if (commands != null && !settings.source().isLive() && commands.next(engine)) {
            return true;
        }
        put("\n]}\n");
        return false;
    }

    private void put(String words) throws IOException {
        out.write(words.getBytes(StandardCharsets.UTF_8));
    }

    private void slice(Sample sample) throws IOException {
        Shown shown = engine.shown();
        text.clear();
        text.ascii(",\n{\"progress\": 100, ");
        int rows = rows(sample);
        text.ascii("\"count\": ");
        text.decimal(rows);
        text.ascii(", \"info\": ");
        info(shown, sample);
        text.append('}');
        out.write(text.array(), 0, text.length());
    }

    private int rows(Sample sample) {
        List<SampleRow> all = sample.rows();
        int last = settings.lastRow() == 0 ? all.size() - 1 : Math.min(settings.lastRow(), all.size() - 1);
        int first = settings.firstRow();
        if (first > last) {
            return 0;
        }
        text.ascii("\"data\": [\n");
        for (int i = first; i <= last; i++) {
            SampleRow row = all.get(i);
            text.ascii("{\"d\":[");
            for (int j = 0; j < sample.columns().size(); j++) {
                if (j > 0) {
                    text.append(',');
                }
                sample.json(text, row, j);
            }
            text.ascii("],\"k\":");
            string(row.hasKey() ? row.key() : "");
            text.append('}');
            if (i < last) {
                text.ascii(",\n");
            }
        }
        text.ascii("],\n");
        return last - first + 1;
    }

    private void string(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        JsonText.string(text, bytes, 0, bytes.length);
    }

    private void info(Shown shown, Sample sample) {
        ViewDefinition view = shown.view();
        ViewColumn key = view.keyColumn();
        text.ascii("{\"appliesTo\":[");
        for (int i = 0; i < view.appliesTo().size(); i++) {
            if (i > 0) {
                text.append(',');
            }
            string(view.appliesTo().get(i));
        }
        text.ascii("],\"canDrillDown\":");
        text.ascii(key == null ? "false" : "true");
        if (key != null) {
            text.ascii(",\"drillDownKeyField\":");
            string(key.field(0));
        }
        if (view.type() == ViewDefinition.Type.TABLE) {
            RowFilters filters = engine.rowFilters();
            text.ascii(",\"filterTemplate\":");
            string(filters.selection());
            text.ascii(",\"filterTemplateF\":");
            string(filters.whole());
        }
        text.ascii(",\"legend\":[");
        for (int i = 0; i < sample.columns().size(); i++) {
            SampleColumn column = sample.columns().get(i);
            if (i > 0) {
                text.append(',');
            }
            text.ascii("{\"format\":");
            string(column.format() == PrintFormat.PADDED_DEC ? "10_PADDED_DEC" : column.format().name());
            text.ascii(",\"name\":");
            string(column.name());
            text.ascii(",\"size\":");
            text.decimal(column.definition().size());
            text.ascii(",\"type\":");
            string(column.type().name());
            text.append('}');
        }
        text.ascii("],\"sortingCol\":");
        boolean none = view.shownColumns().stream().noneMatch(ViewColumn::sorting);
        text.decimal(none ? view.groups() ? 2 : 1 : view.sortingColumn() + 1L);
        text.append('}');
    }
}
