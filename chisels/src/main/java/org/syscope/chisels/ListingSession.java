package org.syscope.chisels;

import java.io.OutputStream;
import java.util.List;
import java.util.OptionalDouble;
import org.syscope.capture.state.SystemState;
import org.syscope.filters.field.EventSpace;
import org.syscope.filters.field.FieldCatalog;

/** A run in which nothing happens, for scripts that are loaded only to be asked what they are. */
final class ListingSession implements CaptureSession {
    private final FieldCatalog fields = new FieldCatalog(List.of(), new EventSpace(0, 0));
    private final SystemState state = new SystemState(null);

    @Override
    public FieldCatalog fields() {
        return fields;
    }

    @Override
    public EventTest filter(String expression) {
        return context -> false;
    }

    @Override
    public EventPrinter printer(String format) {
        return context -> {
        };
    }

    @Override
    public OutputStream out() {
        return OutputStream.nullOutputStream();
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
        return "";
    }

    @Override
    public String captureFilter() {
        return "";
    }

    @Override
    public boolean showsContainers() {
        return false;
    }

    @Override
    public boolean printsJson() {
        return false;
    }

    @Override
    public long firstTimestamp() {
        return 0;
    }

    @Override
    public long lastTimestamp() {
        return 0;
    }

    @Override
    public OptionalDouble readProgress() {
        return OptionalDouble.empty();
    }

    @Override
    public List<Container> containers() {
        return List.of();
    }

    @Override
    public void setCaptureFilter(String expression) {
        // nobody runs
    }

    @Override
    public void setSnaplen(int bytes) {
        // nobody runs
    }

    @Override
    public void setOutputFormat(String format) {
        // nobody runs
    }

    @Override
    public void setFatfile(boolean on) {
        // nobody runs
    }

    @Override
    public void requestRun(String commandLine) {
        // nobody runs
    }

    @Override
    public void endCapture() {
        // nobody runs
    }

    @Override
    public void log(String level, String text) {
        // nobody listens
    }
}
