package org.syscope.cli.ui;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.syscope.chisels.views.Aggregation;
import org.syscope.chisels.views.EventLines;
import org.syscope.chisels.views.Sample;
import org.syscope.chisels.views.SampleColumn;
import org.syscope.chisels.views.SampleRow;
import org.syscope.chisels.views.SampleRows;
import org.syscope.chisels.views.Selection;
import org.syscope.chisels.views.Shown;
import org.syscope.chisels.views.Spectrogram;
import org.syscope.chisels.views.SpectrogramArea;
import org.syscope.chisels.views.ViewAction;
import org.syscope.chisels.views.ViewColumn;
import org.syscope.chisels.views.ViewDefinition;
import org.syscope.chisels.views.ViewException;
import org.syscope.chisels.views.ViewLibrary;
import org.syscope.chisels.views.ViewRun;
import org.syscope.filters.field.FieldType;
import org.syscope.filters.field.PrintFormat;
import org.syscope.filters.lang.FilterException;
import org.syscope.filters.text.BufferFormat;

/** A run without events: rows are given by the test, what the UI asks for is written down in {@link #calls}. */
final class FakeRun implements ViewRun {

    static final long START = 1_700_000_000_000_000_000L;
    static final List<ViewColumn> COLUMNS = List.of(column("PID", "proc.pid", 8, false), column("CALLS", "evt.count", 9, true),
            column("Command", "proc.exeline", 0, false));
    static final ViewDefinition PROCS = view("procs", "Processes", ViewDefinition.Type.TABLE);
    static final ViewDefinition SPECTRO = view("spectro_all", "Spectrogram-All", ViewDefinition.Type.SPECTROGRAM);

    final List<String> calls = new ArrayList<>();
    final List<Selection> path = new ArrayList<>();
    Shown shown;
    boolean over;
    String rowFilter = "";
    List<SampleRow> rows = List.of(row("1", 5, "init"), row("22", 300, "nginx: worker"), row("333", 40, "redis-server"));
    private long number;
    private Runnable changed = () -> { };

    FakeRun() {
        table();
    }

    private static ViewColumn column(String name, String field, int size, boolean sorting) {
        return new ViewColumn(name, field, "What " + name + " means.", size, false, false, sorting, List.of(),
                Aggregation.NONE, Aggregation.NONE, null, false);
    }

    static ViewDefinition view(String id, String name, ViewDefinition.Type type) {
        List<ViewColumn> columns = new ArrayList<>(COLUMNS);
        columns.addFirst(new ViewColumn("NA", "proc.pid", "", -1, true, false, false, List.of(), Aggregation.NONE,
                Aggregation.NONE, null, false));
        return new ViewDefinition(id, name, "What " + name + " shows.", List.of("a tip"), List.of(), type, List.of(""), true,
                "evt.type!=switch", true, "threads", false, true, "", columns,
                List.of(new ViewAction('k', "kill %proc.pid", "kill", true, false), new ViewAction('s', "true", "nothing", false,
                        false)));
    }

    static SampleRow row(String pid, long calls, String command) {
        return SampleRows.row(pid, new float[] {1, 2, calls}, pid, calls, command);
    }

    Sample sample() {
        List<SampleColumn> columns = COLUMNS.stream().map(each -> new SampleColumn(each, each.field(),
                each.sorting() ? FieldType.UINT64 : FieldType.CHARBUF, each.sorting() ? PrintFormat.DEC : PrintFormat.NA,
                "")).toList();
        return new Sample(columns, rows, 1_000_000_000, 0);
    }

    void table() {
        show(PROCS, null, sample(), null, null, "");
    }

    void lines(EventLines.Line... lines) {
        show(null, ViewLibrary.DIG, new Sample(List.of(), List.of(), 0, 0), null, new EventLines(List.of(lines), 0), "");
    }

    void spectrogram(Spectrogram spectrogram) {
        show(SPECTRO, null, new Sample(List.of(), List.of(), 0, 0), spectrogram, null, "");
    }

    void show(ViewDefinition view, String special, Sample sample, Spectrogram spectrogram, EventLines lines, String notice) {
        shown = new Shown(++number, view, special, List.copyOf(path), "evt.type!=switch", sample.matching(rowFilter), 1, false,
                rowFilter, null, spectrogram, lines, false,
                new Shown.Time(false, 1234, 345, 0, 100, true, START, START + 5_000_000_000L, START + 5_000_000_000L, 0, 0, 0),
                notice);
        changed.run();
    }

    @Override
    public ViewLibrary library() {
        return SampleRows.library(PROCS, SPECTRO);
    }

    @Override
    public Shown shown() {
        return shown;
    }

    @Override
    public void onChange(Runnable action) {
        changed = action;
    }

    @Override
    public boolean over() {
        return over;
    }

    @Override
    public void quit() {
        over = true;
    }

    @Override
    public void open(String view) throws ViewException {
        calls.add("open " + view);
    }

    @Override
    public void drillDown(SampleRow row, String view) throws ViewException {
        calls.add("down " + (row == null ? "all" : row.key()) + " " + view);
    }

    @Override
    public void drillDown(SpectrogramArea area) {
        calls.add("area " + (area.from() - START) + " " + (area.to() - START) + " " + area.low() + " " + area.high());
    }

    @Override
    public boolean back() {
        calls.add("back");
        return false;
    }

    @Override
    public List<Selection> path() {
        return path;
    }

    @Override
    public void sort(int column) {
        calls.add("sort " + column);
    }

    @Override
    public void rowFilter(String text) {
        rowFilter = text;
        table();
    }

    @Override
    public void eventFilter(String filter) throws FilterException {
        calls.add("filter " + filter);
    }

    @Override
    public void pause(boolean hold) {
        calls.add("pause " + hold);
    }

    @Override
    public void clear() {
        calls.add("clear");
    }

    @Override
    public void bufferFormat(BufferFormat format) {
        calls.add("format " + format);
    }

    @Override
    public void interval(long from, long to) {
        calls.add("interval " + (from - START) + " " + (to - START));
    }

    @Override
    public void play(long from, double speed) {
        calls.add("play " + (from - START) + " " + speed);
    }

    @Override
    public String commandLine() {
        return "syscope -r x.scap";
    }

    @Override
    public void save(Path file) {
        calls.add("save " + file);
    }

    @Override
    public String command(ViewAction action, SampleRow row) {
        return action.command().replace("%proc.pid", row.key());
    }
}
