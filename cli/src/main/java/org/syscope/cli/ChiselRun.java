package org.syscope.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.state.SystemState;
import org.syscope.chisels.CaptureSession;
import org.syscope.chisels.ChiselException;
import org.syscope.filters.eval.Filter;
import org.syscope.filters.eval.FilterCompiler;
import org.syscope.filters.field.FieldCatalog;
import org.syscope.filters.format.FormatException;
import org.syscope.filters.lang.FilterException;
import org.syscope.filters.text.BufferFormat;
import org.syscope.filters.text.OutputBuffer;

/** What a run lets chisels see and change. */
final class ChiselRun implements CaptureSession {

    private static final int FEW_TYPES = 8;

    private final Settings settings;
    private final List<Filter> filters = new ArrayList<>();
    private final SystemState state;
    private final StandardOutput out;
    private final PrintStream err;
    private final Interrupts interrupts;
    private final boolean terminal = Terminal.is(Terminal.OUT);
    private EventFormats formats;
    private String filter;
    private int snaplen;
    private boolean fat;
    private boolean onlyFiltered;
    private boolean showsEnters;
    private String nextRun;
    private long first;
    private long last;
    private DoubleSupplier progress = () -> 0;

    /**
     * A run that has not begun.
     *
     * @param filter the user's filter; empty if there is none
     */
    ChiselRun(Settings settings, EventFormats formats, String filter, SystemState state, StandardOutput out, PrintStream err,
            Interrupts interrupts) {
        this.settings = settings;
        this.formats = formats;
        this.filter = filter;
        this.state = state;
        this.out = out;
        this.err = err;
        this.interrupts = interrupts;
        this.snaplen = settings.snaplen();
    }

    /** Notes the time of an event, before chisels see it. */
    void seen(long timestamp) {
        if (first == 0) {
            first = timestamp;
        }
        last = timestamp;
    }

    /** Where to ask how much of the source was read, 0 to 100. */
    void progress(DoubleSupplier percent) {
        progress = percent;
    }

    /** Bytes of a buffer that the driver keeps, -1 if nobody asked. */
    int snaplen() {
        return snaplen;
    }

    /** The filters that chisels have set for themselves. */
    List<Filter> filters() {
        return filters;
    }

    /** Notes that no chisel needs events that its filter refuses. */
    void needOnlyFiltered(boolean value) {
        onlyFiltered = value;
    }

    /** Whether no chisel needs events that its filter refuses. */
    boolean needOnlyFiltered() {
        return onlyFiltered;
    }

    /** Whether a chisel wants the accounts of threads: its filter is for that type of event and few others. */
    boolean wantsAccounts() {
        return filters.stream().anyMatch(own -> own.events().contains(EventCodes.PPME_PROCINFO_E, -1)
                && own.events().size() <= FEW_TYPES);
    }

    /** Whether a chisel shows the direction of events in lines of its own. */
    boolean showsEnters() {
        return showsEnters;
    }

    /** Whether a chisel wants refused events that change the state in a recording. */
    boolean fat() {
        return fat;
    }

    /** The command line of another run that a chisel asks for; null if none does. */
    String nextRun() {
        return nextRun;
    }

    @Override
    public FieldCatalog fields() {
        return formats.catalog();
    }

    @Override
    public EventTest filter(String expression) throws ChiselException {
        try {
            Filter compiled = new FilterCompiler(fields()).compile(expression);
            filters.add(compiled);
            return compiled::matches;
        } catch (FilterException e) {
            throw ChiselException.failure(e.render());
        }
    }

    @Override
    public EventPrinter printer(String format) throws ChiselException {
        try {
            String own = format.isEmpty() || format.equals("default") ? null : format;
            LineSink.LineFormat lines = formats.lines(own, false);
            showsEnters |= formats.showsEnters();
            OutputBuffer line = new OutputBuffer();
            return context -> {
                line.clear();
                if (lines.append(context, line)) {
                    line.append('\n');
                    write(line);
                }
            };
        } catch (FormatException e) {
            throw ChiselException.failure(e.render());
        }
    }

    private void write(OutputBuffer line) {
        try {
            out.write(line.array(), 0, line.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public OutputStream out() {
        return out;
    }

    @Override
    public SystemState state() {
        return state;
    }

    @Override
    public boolean isTerminal() {
        return terminal;
    }

    @Override
    public int terminalWidth() {
        return terminal ? Terminal.size(Terminal.OUT).columns() : -1;
    }

    @Override
    public int terminalHeight() {
        return terminal ? Terminal.size(Terminal.OUT).rows() : -1;
    }

    @Override
    public boolean isLive() {
        return settings.isLive();
    }

    @Override
    public String sourceName() {
        return settings.isLive() ? "" : settings.files().getLast();
    }

    @Override
    public String captureFilter() {
        return filter;
    }

    @Override
    public boolean showsContainers() {
        String format = settings.value(Option.PRINT);
        return format != null && List.of("c", "container", "k", "kubernetes").contains(format);
    }

    @Override
    public boolean printsJson() {
        return settings.has(Option.JSON);
    }

    @Override
    public long firstTimestamp() {
        return first;
    }

    @Override
    public long lastTimestamp() {
        return last;
    }

    @Override
    public OptionalDouble readProgress() {
        return settings.isLive() ? OptionalDouble.empty() : OptionalDouble.of(progress.getAsDouble());
    }

    @Override
    public List<Container> containers() {
        List<Container> known = new ArrayList<>();
        state.containers().forEach(container -> {
            if (!container.podSandbox()) {
                known.add(new Container(container.id().toString(), container.name().toString(), container.image().toString(),
                        container.type()));
            }
        });
        return known;
    }

    @Override
    public void setCaptureFilter(String expression) throws ChiselException {
        filter(expression);
        filter = filter.isBlank() ? expression : "(" + filter + ") and (" + expression + ")";
    }

    @Override
    public void setSnaplen(int bytes) {
        snaplen = Math.max(snaplen, bytes);
    }

    @Override
    public void setOutputFormat(String format) {
        if (settings.bufferFormat() != BufferFormat.NORMAL || settings.has(Option.JSON)) {
            return;
        }
        formats = formats.with(switch (format) {
            case "ascii" -> BufferFormat.ASCII;
            case "hex" -> BufferFormat.HEX;
            case "hexascii" -> BufferFormat.HEX_ASCII;
            case "base64", "jsonbase64" -> BufferFormat.BASE64;
            default -> BufferFormat.NORMAL;
        });
    }

    @Override
    public void setFatfile(boolean on) {
        fat = on;
    }

    @Override
    public void requestRun(String commandLine) {
        nextRun = commandLine;
    }

    @Override
    public void endCapture() {
        interrupts.stop();
    }

    @Override
    public void log(String level, String text) {
        if (settings.logs(level)) {
            err.println("syscope: " + text);
        }
    }
}
