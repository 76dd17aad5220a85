package org.syscope.chisels;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.scap.ScapReader;
import org.syscope.capture.state.SystemState;
import org.syscope.filters.eval.Filter;
import org.syscope.filters.eval.FilterCompiler;
import org.syscope.filters.field.CurrentEvent;
import org.syscope.filters.field.FieldCatalog;
import org.syscope.filters.field.FieldEnvironment;
import org.syscope.filters.field.StandardFields;
import org.syscope.filters.format.FormatException;
import org.syscope.filters.format.JsonFormat;
import org.syscope.filters.format.OutputFormat;
import org.syscope.filters.format.StandardFormats;
import org.syscope.filters.lang.FilterException;
import org.syscope.filters.text.BufferFormat;
import org.syscope.filters.text.OutputBuffer;
import org.syscope.filters.text.TextOptions;

/** A run of chisels over a capture file, as the tool does it, with everything a test wants to see kept. */
final class CaptureRun implements CaptureSession {
    private final String file;
    private final SystemState state = new SystemState(null);
    private final List<String> notes = new ArrayList<>();
    private OutputStream out = new ByteArrayOutputStream();
    private FieldCatalog fields = catalog(BufferFormat.NORMAL);
    private String captureFilter = "";
    private boolean containers;
    private boolean json;
    private boolean ended;
    private long first;
    private long last;

    CaptureRun(String file) {
        this.file = file;
    }

    CaptureRun showing(String words) {
        captureFilter = words;
        return this;
    }

    CaptureRun withContainers() {
        containers = true;
        return this;
    }

    CaptureRun asJson() {
        json = true;
        return this;
    }

    CaptureRun to(OutputStream stream) {
        out = stream;
        return this;
    }

    /** What scripts asked of the run. */
    List<String> notes() {
        return notes;
    }

    /** Runs one chisel over the file and gives what it printed. */
    String run(ChiselPath path, String name, String arguments) throws ChiselException, IOException {
        try (LuaChiselHost host = new LuaChiselHost(path, this)) {
            host.add(name, arguments);
            run(host);
        }
        return out instanceof ByteArrayOutputStream bytes ? bytes.toString(StandardCharsets.UTF_8) : "";
    }

    void run(ChiselHost host) throws ChiselException, IOException {
        CurrentEvent context = new CurrentEvent(state);
        Event event = new Event();
        long number = 0;
        try (ScapReader reader = ScapReader.open(file, state)) {
            state.listsComplete();
            Filter filter = captureFilter.isEmpty() ? null : new FilterCompiler(fields).compile(captureFilter);
            host.start();
            while (!ended && reader.next(event) == EventSource.Next.EVENT) {
                event.number(++number);
                state.process(event);
                context.point(event);
                last = event.timestamp();
                first = first == 0 ? last : first;
                if (filter == null || filter.matches(context)) {
                    host.event(context, last);
                } else {
                    host.tick(context, last);
                }
            }
            host.end(last);
        } catch (FilterException e) {
            throw ChiselException.usage(e.getMessage());
        }
    }

    private FieldCatalog catalog(BufferFormat format) {
        return StandardFields.catalog(FieldEnvironment.of(state).with(ZoneOffset.UTC).with(new TextOptions(format, 0, null)));
    }

    @Override
    public FieldCatalog fields() {
        return fields;
    }

    @Override
    public EventTest filter(String expression) throws ChiselException {
        try {
            return new FilterCompiler(fields).compile(expression)::matches;
        } catch (FilterException e) {
            throw ChiselException.failure("filter " + expression + ": " + e.getMessage());
        }
    }

    @Override
    public EventPrinter printer(String format) throws ChiselException {
        try {
            OutputFormat compiled = OutputFormat.compile(
                    format.isEmpty() || format.equals("default") ? StandardFormats.DEFAULT : format, fields);
            JsonFormat asObject = json ? new JsonFormat(compiled) : null;
            OutputBuffer line = new OutputBuffer();
            return context -> {
                line.clear();
                if (json ? asObject.write(context, line) : compiled.write(context, line)) {
                    line.append('\n');
                    write(line);
                }
            };
        } catch (FormatException e) {
            throw ChiselException.failure(e.getMessage());
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
        return false;
    }

    @Override
    public int terminalWidth() {
        return -1;
    }

    @Override
    public int terminalHeight() {
        return -1;
    }

    @Override
    public boolean isLive() {
        return false;
    }

    @Override
    public String sourceName() {
        return file;
    }

    @Override
    public String captureFilter() {
        return captureFilter;
    }

    @Override
    public boolean showsContainers() {
        return containers;
    }

    @Override
    public boolean printsJson() {
        return json;
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
        return OptionalDouble.of(0);
    }

    @Override
    public List<Container> containers() {
        return List.of();
    }

    @Override
    public void setCaptureFilter(String expression) {
        captureFilter = expression;
    }

    @Override
    public void setSnaplen(int bytes) {
        notes.add("snaplen " + bytes);
    }

    @Override
    public void setOutputFormat(String format) {
        notes.add("format " + format);
        fields = catalog(switch (format) {
            case "ascii" -> BufferFormat.ASCII;
            case "hex" -> BufferFormat.HEX;
            case "hexascii" -> BufferFormat.HEX_ASCII;
            case "base64", "jsonbase64" -> BufferFormat.BASE64;
            default -> BufferFormat.NORMAL;
        });
    }

    @Override
    public void setFatfile(boolean on) {
        notes.add("fatfile " + on);
    }

    @Override
    public void requestRun(String commandLine) {
        notes.add("run " + commandLine);
    }

    @Override
    public void endCapture() {
        ended = true;
    }

    @Override
    public void log(String level, String text) {
        notes.add(level + " " + text);
    }
}
