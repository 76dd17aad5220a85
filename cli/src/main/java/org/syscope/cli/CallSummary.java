package org.syscope.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventFlag;
import org.syscope.capture.event.EventType;
import org.syscope.capture.event.Syscall;
import org.syscope.capture.event.SyscallTable;
import org.syscope.capture.event.Text;
import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.ThreadInfo;
import org.syscope.filters.field.EventContext;

/**
 * Counts calls and how long they took ({@code -S}), like strace -c: one row per call, or per process name and call. Of a
 * call that has an enter and an exit event only the exit is counted; events that are no calls count when they happen.
 */
final class CallSummary implements EventSink {

    private static final int MAX_SYSCALLS = 1024;
    private static final double PERCENTILE = 0.99;
    private static final String[] HEADINGS = {"Calls", "Errors", "Total", "Min", "Average", "Max", "p99"};
    private static final int[] WIDTHS = {10, 9, 9, 9, 9, 9, 9};

    /** What is known of one call. */
    private static final class Row {
        private final Text process;
        private final String call;
        private final LatencyHistogram latency = new LatencyHistogram();
        private long calls;
        private long errors;

        Row(Text process, String call) {
            this.process = process;
            this.call = call;
        }
    }

    /** The rows of one process name, or of all processes. */
    private static final class Rows {
        private final Row[] byType = new Row[EventCodes.COUNT];
        private final Row[] bySyscall = new Row[MAX_SYSCALLS];
    }

    /** Position of the result among the parameters, by event type; 0 not looked up, else as below or 1 more than it. */
    private final byte[] results = new byte[EventCodes.COUNT];
    private static final byte NOT_COUNTED = -1;
    private static final byte NO_RESULT = -2;

    private final OutputStream out;
    private final boolean perProcess;
    private final Map<Text, Rows> processes = new HashMap<>();
    private final Rows all = new Rows();
    private final List<Row> rows = new ArrayList<>();

    /**
     * Prints to {@code out} when it is closed.
     *
     * @param perProcess whether process names are told apart
     */
    CallSummary(OutputStream out, boolean perProcess) {
        this.out = out;
        this.perProcess = perProcess;
    }

    private static byte resultOf(int code) {
        EventType type = EventType.of(code);
        if (type.isEnter()) {
            boolean pair = code + 1 < EventCodes.COUNT && !EventType.of(code + 1).is(EventFlag.UNUSED);
            return pair ? NOT_COUNTED : NO_RESULT;
        }
        int position = type.parameterIndex("res");
        if (position < 0 && type.is(EventFlag.CREATES_FD)) {
            position = type.parameterIndex("fd");
        }
        return position < 0 ? NO_RESULT : (byte) (position + 1);
    }

    @Override
    public void accept(EventContext context) {
        Event event = context.event();
        int code = event.typeCode();
        byte result = results[code];
        if (result == 0) {
            result = resultOf(code);
            results[code] = result;
        }
        if (result == NOT_COUNTED) {
            return;
        }
        Row row = row(rows(context.state()), code, context.syscallCode());
        row.calls++;
        if (result > 0 && event.signed(result - 1, 0) < 0) {
            row.errors++;
        }
        long latency = (code & 1) == 0 ? SystemState.UNKNOWN : context.state().latency();
        if (latency != SystemState.UNKNOWN) {
            row.latency.record(latency);
        }
    }

    private Rows rows(SystemState state) {
        if (!perProcess) {
            return all;
        }
        ThreadInfo thread = state.thread();
        Text name = thread == null ? ThreadInfo.NOT_AVAILABLE : thread.comm;
        Rows found = processes.get(name);
        if (found == null) {
            found = new Rows();
            processes.put(name, found);
        }
        return found;
    }

    private Row row(Rows of, int code, int syscall) {
        boolean generic = syscall >= 0 && syscall < MAX_SYSCALLS;
        Row[] table = generic ? of.bySyscall : of.byType;
        int index = generic ? syscall : code;
        Row row = table[index];
        if (row == null) {
            row = new Row(of == all ? null : nameOf(of), name(code, generic ? syscall : -1));
            table[index] = row;
            rows.add(row);
        }
        return row;
    }

    private Text nameOf(Rows of) {
        for (Map.Entry<Text, Rows> entry : processes.entrySet()) {
            if (entry.getValue() == of) {
                return entry.getKey();
            }
        }
        throw new IllegalStateException("rows of no process");
    }

    private static String name(int code, int syscall) {
        Syscall call = SyscallTable.byCode(syscall);
        return call == null ? EventType.of(code).name() : call.name();
    }

    @Override
    public void close() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < HEADINGS.length; i++) {
            pad(text, HEADINGS[i], WIDTHS[i]);
        }
        text.append(perProcess ? "  Process          Call\n" : "  Call\n");
        rows.sort(Comparator.comparingLong((Row row) -> row.calls).reversed().thenComparing(row -> row.call));
        long calls = 0;
        long errors = 0;
        long total = 0;
        for (Row row : rows) {
            calls += row.calls;
            errors += row.errors;
            total += row.latency.total();
            line(text, row);
        }
        pad(text, Figures.count(calls), WIDTHS[0]);
        pad(text, errors == 0 ? "" : Figures.count(errors), WIDTHS[1]);
        pad(text, total == 0 ? "" : Figures.duration(total), WIDTHS[2]);
        int rest = 0;
        for (int i = 3; i < WIDTHS.length; i++) {
            rest += WIDTHS[i] + 1;
        }
        text.repeat(' ', rest).append("  total\n");
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void line(StringBuilder text, Row row) {
        pad(text, Figures.count(row.calls), WIDTHS[0]);
        pad(text, row.errors == 0 ? "" : Figures.count(row.errors), WIDTHS[1]);
        LatencyHistogram latency = row.latency;
        long[] times = {latency.total(), latency.min(), latency.average(), latency.max(), latency.percentile(PERCENTILE)};
        for (int i = 0; i < times.length; i++) {
            pad(text, latency.count() == 0 ? "" : Figures.duration(times[i]), WIDTHS[i + 2]);
        }
        text.append("  ");
        if (perProcess) {
            String name = row.process.toString();
            text.append(name).repeat(' ', Math.max(1, 17 - name.length()));
        }
        text.append(row.call).append('\n');
    }

    private static void pad(StringBuilder text, String cell, int width) {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
            text.append(' ');
        }
        text.repeat(' ', Math.max(0, width - cell.length())).append(cell);
    }
}
