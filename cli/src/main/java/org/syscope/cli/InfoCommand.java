package org.syscope.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.event.EventType;
import org.syscope.capture.event.Syscall;
import org.syscope.capture.event.SyscallTable;
import org.syscope.capture.event.Text;
import org.syscope.capture.scap.ScapReader;
import org.syscope.capture.state.MachineInfo;
import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.ThreadInfo;

/** {@code syscope info FILE}: what a capture holds, read in one pass. */
final class InfoCommand {

    private static final int TOP = 10;
    private static final long GAP_NANOS = 1_000_000_000;
    private static final int MAX_SYSCALLS = 1024;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSSSS xxx", Locale.ROOT);

    /** A counter that a map holds. */
    private static final class Counter {
        private long value;
    }

    private final String file;
    private final SystemState state = new SystemState(null);
    private final long[] byType = new long[EventCodes.COUNT];
    private final long[] bySyscall = new long[MAX_SYSCALLS];
    private final Map<Text, Counter> byProcess = new HashMap<>();
    private long events;
    private long stateOnly;
    private long drops;
    private long first = -1;
    private long last = -1;
    private long gaps;
    private long longestGap;
    private int cpus;

    /** Looks at one file. */
    InfoCommand(String file) {
        this.file = file;
    }

    /**
     * Reads the file and prints what it holds.
     *
     * @throws IOException if it cannot be read to its end; what was read until then is printed
     */
    void run(StandardOutput out) throws IOException {
        try (ScapReader reader = ScapReader.open(file, state)) {
            int threads = state.threads().size();
            IOException fault = null;
            try {
                Event event = new Event();
                EventSource.Next next = reader.next(event);
                while (next != EventSource.Next.END) {
                    if (next == EventSource.Next.EVENT) {
                        take(event);
                    }
                    next = reader.next(event);
                }
            } catch (IOException e) {
                fault = e;
            }
            out.write(text(reader, threads).getBytes(StandardCharsets.UTF_8));
            out.flush();
            if (fault != null) {
                throw fault;
            }
        }
    }

    private void take(Event event) {
        state.process(event);
        events++;
        int code = event.typeCode();
        byType[code]++;
        if (code <= EventCodes.PPME_GENERIC_X) {
            int call = (int) event.unsigned(0, 0);
            bySyscall[call < MAX_SYSCALLS ? call : 0]++;
        }
        if (event.stateOnly()) {
            stateOnly++;
        }
        if (code == EventCodes.PPME_DROP_E) {
            drops++;
        }
        cpus = Math.max(cpus, event.cpu() + 1);
        long time = event.timestamp();
        if (time != -1) {
            if (first == -1) {
                first = time;
            } else if (time - last >= GAP_NANOS) {
                gaps++;
                longestGap = Math.max(longestGap, time - last);
            }
            last = time;
        }
        ThreadInfo thread = state.thread();
        Text name = thread == null ? ThreadInfo.NOT_AVAILABLE : thread.comm;
        Counter counter = byProcess.get(name);
        if (counter == null) {
            counter = new Counter();
            byProcess.put(name, counter);
        }
        counter.value++;
    }

    private String text(ScapReader reader, int threads) {
        StringBuilder text = new StringBuilder();
        MachineInfo machine = state.machine();
        line(text, "File", file + ", " + Figures.bytes(reader.fileOffset()) + ", format version 1." + reader.minorVersion()
                + (reader.sections() > 1 ? ", " + Figures.count(reader.sections(), "capture") + " one behind the other" : ""));
        line(text, "Machine", (machine.hostname().isEmpty() ? "unknown" : machine.hostname().toString())
                + (machine.cpus() > 0 ? ", " + Figures.count(machine.cpus(), "CPU") : "")
                + (machine.memory() > 0 ? ", " + Figures.bytes(machine.memory()) + " of memory" : ""));
        line(text, "Threads", Figures.count(threads) + " at the start");
        line(text, "Events", Figures.count(events)
                + (stateOnly > 0 ? ", " + Figures.count(stateOnly) + " of them only for the state" : "")
                + (reader.unknownTypes() > 0 ? ", and " + Figures.count(reader.unknownTypes()) + " of types unknown here" : ""));
        if (first != -1) {
            ZoneId zone = ZoneId.systemDefault();
            line(text, "From", TIME.format(instant(first).atZone(zone)));
            line(text, "To", TIME.format(instant(last).atZone(zone)));
            line(text, "Time", Figures.seconds(Math.max(0, last - first), 3) + " s, "
                    + Figures.count(Math.round(events * 1e9 / Math.max(1, last - first)))
                    + " events a second, on CPUs below " + cpus);
        }
        line(text, "Lost", drops == 0 ? "nothing recorded as lost" : Figures.count(drops, "notification") + " of lost events");
        line(text, "Gaps", gaps == 0 ? "none of a second or more"
                : Figures.count(gaps) + " of a second or more, the longest " + Figures.duration(longestGap));
        types(text);
        processes(text);
        return text.toString();
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, GAP_NANOS), Math.floorMod(nanos, GAP_NANOS));
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).repeat(' ', 9 - name.length()).append(value).append('\n');
    }

    private void types(StringBuilder text) {
        Map<String, Counter> byName = new HashMap<>();
        for (int code = EventCodes.PPME_GENERIC_X + 1; code < byType.length; code++) {
            add(byName, EventType.of(code).name(), byType[code]);
        }
        for (int call = 0; call < bySyscall.length; call++) {
            Syscall named = SyscallTable.byCode(call);
            add(byName, named == null ? "syscall" : named.name(), bySyscall[call]);
        }
        top(text, "Events by type:", byName);
    }

    private static void add(Map<String, Counter> byName, String name, long count) {
        if (count > 0) {
            byName.computeIfAbsent(name, ignored -> new Counter()).value += count;
        }
    }

    private void processes(StringBuilder text) {
        Map<String, Counter> byName = new HashMap<>();
        byProcess.forEach((name, counter) -> add(byName, name.toString(), counter.value));
        top(text, "Events by process:", byName);
    }

    private static void top(StringBuilder text, String heading, Map<String, Counter> counters) {
        if (counters.isEmpty()) {
            return;
        }
        text.append('\n').append(heading).append('\n');
        List<Map.Entry<String, Counter>> rows = counters.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, Counter> row) -> row.getValue().value).reversed()
                        .thenComparing(Map.Entry::getKey)).toList();
        for (Map.Entry<String, Counter> row : rows.subList(0, Math.min(TOP, rows.size()))) {
            String count = Figures.count(row.getValue().value);
            text.repeat(' ', Math.max(1, 13 - count.length())).append(count).append("  ").append(row.getKey()).append('\n');
        }
        if (rows.size() > TOP) {
            long rest = rows.subList(TOP, rows.size()).stream().mapToLong(row -> row.getValue().value).sum();
            String count = Figures.count(rest);
            text.repeat(' ', Math.max(1, 13 - count.length())).append(count).append("  in ")
                    .append(rows.size() - TOP).append(" more\n");
        }
    }
}
