package org.syscope.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.syscope.capture.event.EventType;
import org.syscope.capture.scap.CaptureInfo;
import org.syscope.capture.scap.CaptureInfo.Gap;
import org.syscope.capture.state.MachineInfo;

/** {@code syscope info FILE}: what a capture is and holds, as text. */
final class InfoCommand {

    private static final int TOP = 10;
    private static final int COUNT_WIDTH = 13;
    private static final int NAME_WIDTH = 10;
    private static final long SECOND = 1_000_000_000;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSSSS xxx", Locale.ROOT);

    private final CaptureInfo info;
    private final ZoneId zone;
    private final StringBuilder text = new StringBuilder();

    private InfoCommand(CaptureInfo info, ZoneId zone) {
        this.info = info;
        this.zone = zone;
    }

    /**
     * Reads the file and prints what it holds.
     *
     * @throws IOException if it cannot be read to its end; what was read until then is printed
     */
    static void run(String file, StandardOutput out) throws IOException {
        CaptureInfo info = CaptureInfo.of(file);
        out.write(new InfoCommand(info, ZoneId.systemDefault()).text().getBytes(StandardCharsets.UTF_8));
        if (info.fault() != null) {
            throw info.fault();
        }
    }

    private String text() throws IOException {
        Path path = Path.of(info.file());
        line("File", info.file() + (Files.isRegularFile(path) ? ", " + Figures.bytes(Files.size(path)) : "")
                + (info.compressed() ? ", gzip" : "") + ", format version 1." + info.minorVersion()
                + (info.sections() > 1 ? ", " + Figures.count(info.sections()) + " captures one behind the other" : ""));
        line("Written by", info.writer().isEmpty() ? "it does not say" : info.writer().toString());
        MachineInfo machine = info.machine();
        line("Machine", (machine.hostname().isEmpty() ? "unknown" : machine.hostname().toString())
                + (machine.cpus() > 0 ? ", " + Figures.count(machine.cpus(), "CPU") : "")
                + (machine.memory() > 0 ? ", " + Figures.bytes(machine.memory()) + " of memory" : ""));
        line("Threads", Figures.count(info.threads()) + " at the start");
        line("Events", Figures.count(info.events())
                + (info.stateOnly() > 0 ? ", " + Figures.count(info.stateOnly()) + " of them only for the state" : "")
                + (info.unknownTypes() > 0 ? ", and " + Figures.count(info.unknownTypes()) + " of types unknown here" : ""));
        if (info.firstTime() > 0) {
            long nanos = info.lastTime() - info.firstTime();
            line("From", time(info.firstTime()));
            line("To", time(info.lastTime()));
            line("Time", Figures.seconds(nanos, 3) + " s, "
                    + Figures.count(Math.round((double) info.events() * SECOND / Math.max(1, nanos))) + " events a second");
        }
        line("Lost", lost());
        for (Gap gap : info.gaps().subList(0, Math.min(TOP, info.gaps().size()))) {
            row(gap.lost() < 0 ? "unknown" : Figures.count(gap.lost()),
                    "on CPU " + gap.cpu() + " until " + time(gap.until()));
        }
        top("Events by type:", info.types().size());
        info.types().stream().limit(TOP).forEach(type -> row(Figures.count(type.events()), name(type.typeCode())));
        rest(info.types().stream().skip(TOP).mapToLong(CaptureInfo.TypeCount::events).sum(), info.types());
        top("Events by process:", info.processes().size());
        info.processes().stream().limit(TOP).forEach(process -> row(Figures.count(process.events()),
                process.pid() < 0 ? "(no process)" : process.name() + " (" + process.pid() + ")"));
        rest(info.processes().stream().skip(TOP).mapToLong(CaptureInfo.ProcessCount::events).sum(), info.processes());
        return text.toString();
    }

    private String lost() {
        if (info.lossPlaces() == 0) {
            return "nothing was recorded as lost";
        }
        long known = info.lossPlaces() - info.unknownLossPlaces();
        return known == 0 ? "an unknown number of events at " + Figures.count(info.lossPlaces(), "place")
                : Figures.count(info.lost(), "event") + " at " + Figures.count(known, "place")
                        + (info.unknownLossPlaces() == 0 ? ""
                                : ", an unknown number at " + Figures.count(info.unknownLossPlaces()) + " more");
    }

    private static String name(int code) {
        EventType type = EventType.of(code);
        return (type.isEnter() ? "> " : "< ") + (type.name().equals("syscall") ? "other calls" : type.name());
    }

    private String time(long nanos) {
        return TIME.format(Instant.ofEpochSecond(nanos / SECOND, nanos % SECOND).atZone(zone));
    }

    private void line(String name, String value) {
        text.append(name).repeat(' ', NAME_WIDTH + 2 - name.length()).append(value).append('\n');
    }

    private void top(String heading, int rows) {
        if (rows > 0) {
            text.append('\n').append(heading).append('\n');
        }
    }

    private void row(String count, String name) {
        text.repeat(' ', Math.max(1, COUNT_WIDTH - count.length())).append(count).append("  ").append(name).append('\n');
    }

    private void rest(long events, List<?> rows) {
        if (rows.size() > TOP) {
            row(Figures.count(events), "in " + (rows.size() - TOP) + " more");
        }
    }
}
