package org.syscope.cli;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.syscope.capture.scap.Rotation;
import org.syscope.cli.CommandWords.Occurrence;
import org.syscope.filters.field.TimeFormat;
import org.syscope.filters.text.BufferFormat;

/** A command line understood: every option's argument checked and converted, contradictions refused. */
final class Settings {

    /** When output is coloured. */
    enum Color {
        AUTO, ALWAYS, NEVER
    }

    /**
     * What -w and its companions ask for.
     *
     * @param file name, or {@code -} for stdout
     * @param compress whether it is gzip
     * @param rotation when a new file begins
     * @param fat whether filtered events that change the state are kept, hidden
     */
    record Recording(String file, boolean compress, Rotation rotation, boolean fat) {
    }

    private static final int MAX_SNAPLEN = 65_000;
    private static final int MAX_CPUS = 8192;
    /** The kernel's PID_MAX_LIMIT. */
    private static final int MAX_PID = 1 << 22;
    private static final int MAX_WAIT_META = 60_000;
    private static final long MILLI = 1_000_000;
    private static final long MEGABYTE = 1_000_000;
    private static final long NANOS = 1_000_000_000;
    private static final List<String> LOG_LEVELS =
            List.of("trace", "debug", "info", "notice", "warning", "error", "critical", "fatal");

    private final CommandWords words;
    private final Map<Option, List<String>> given = new EnumMap<>(Option.class);

    private final List<String> files;
    private final int snaplen;
    private final long waitMetaNanos;
    private final long criNanos;
    private final int cpusPerBuffer;
    private final ByteSize bufferSize;
    private final List<Integer> pids;
    private final long pendingNanos;
    private final long maxEvents;
    private final long maxNanos;
    private final TimeFormat timeFormat;
    private final BufferFormat bufferFormat;
    private final Color color;
    private final int logLevel;
    private final Recording recording;
    private final RingSize ring;

    /**
     * Understands a command line.
     *
     * @throws UsageException if an argument is wrong, options contradict each other, or one has no effect here
     */
    Settings(CommandWords words) throws UsageException {
        this(words, List.of());
    }

    /**
     * Understands a command line.
     *
     * @param defaults options that count where the command line does not give them
     * @throws UsageException as above
     */
    Settings(CommandWords words, List<Occurrence> defaults) throws UsageException {
        this.words = words;
        for (Occurrence occurrence : words.options()) {
            Option option = occurrence.option();
            if (!option.offered()) {
                throw new UsageException(option.display() + ": " + option.description());
            }
            given.computeIfAbsent(option, ignored -> new ArrayList<>()).add(occurrence.value());
        }
        for (Occurrence occurrence : defaults) {
            if (words.options().stream().noneMatch(other -> other.option() == occurrence.option())) {
                given.computeIfAbsent(occurrence.option(), ignored -> new ArrayList<>()).add(occurrence.value());
            }
        }
        files = given.getOrDefault(Option.READ, List.of());
        snaplen = has(Option.SNAPLEN) ? (int) number(Option.SNAPLEN, 0, MAX_SNAPLEN, "bytes") : -1;
        waitMetaNanos = has(Option.WAIT_META) ? number(Option.WAIT_META, 0, MAX_WAIT_META, "ms") * MILLI : -1;
        criNanos = has(Option.CRI_TIMEOUT) ? number(Option.CRI_TIMEOUT, 1, MAX_WAIT_META, "ms") * MILLI : -1;
        maxEvents = has(Option.COUNT) ? number(Option.COUNT, 1, Long.MAX_VALUE, "events") : Long.MAX_VALUE;
        maxNanos = has(Option.DURATION) ? nanos(Option.DURATION) : Long.MAX_VALUE;
        timeFormat = timeFormatOf(value(Option.TIME));
        bufferFormat = bufferFormatOf();
        color = colorOf(value(Option.COLOR));
        logLevel = logLevelOf(value(Option.LOG_LEVEL));
        recording = recordingOf();
        ring = ringOf();
        cpusPerBuffer = has(Option.CPUS_PER_BUFFER) ? (int) number(Option.CPUS_PER_BUFFER, 1, MAX_CPUS, "CPUs") : 1;
        bufferSize = has(Option.BUFFER_SIZE) ? ByteSize.parse("--buffer-size", value(Option.BUFFER_SIZE)) : null;
        pids = pidsOf();
        pendingNanos = !has(Option.PENDING) ? -1 : value(Option.PENDING) == null ? NANOS
                : TimeSpan.parse("--pending", value(Option.PENDING));
        checkTogether();
    }

    private void checkTogether() throws UsageException {
        checkRange();
        DriverWish.of(this);
        if (isLive()) {
            if (has(Option.PROGRESS)) {
                throw new UsageException("-P shows how much of a file is read: it needs -r");
            }
            if (has(Option.FILTER_PROCLIST)) {
                throw new UsageException("--filter-proclist works on a file: it needs -r");
            }
            if (has(Option.NO_LATENCY) && has(Option.ENTER)) {
                throw new UsageException("--enter and --no-latency: enter events need the hook that --no-latency leaves out");
            }
            if (has(Option.NO_LATENCY) && has(Option.PENDING)) {
                throw new UsageException("--pending and --no-latency: when a call was entered is known only from the hook there");
            }
        } else if (isTyped(Option.WAIT_META)) {
            throw new UsageException("--wait-meta waits for container engines: a file says itself what it knows of containers");
        } else if (isTyped(Option.PID)) {
            throw new UsageException("--pid traces running processes; for those in a file there is the filter proc.pid=P");
        } else if (isTyped(Option.PENDING)) {
            throw new UsageException("--pending lists calls of this machine that are not over: it does not go with -r");
        } else if (isTyped(Option.FAIL_ON_DROP)) {
            throw new UsageException("--fail-on-drop is about this machine's events; those that a capture lost are its drop"
                    + " events: evt.type=drop with -D");
        } else if (words.command() != null) {
            throw new UsageException("either read a file (-r) or run a command (--), not both");
        }
        if (has(Option.SANITIZE) && !has(Option.RING) && files.contains("-")) {
            throw new UsageException("--sanitize reads the capture twice: standard input can be read once");
        }
        if (has(Option.FILTER_PROCLIST) && words.filter().isBlank()) {
            throw new UsageException("--filter-proclist needs a filter");
        }
        if (has(Option.FILTER_PROCLIST) && files.contains("-")) {
            throw new UsageException("--filter-proclist reads the capture twice: standard input can be read once");
        }
        if (words.command() != null && words.command().isEmpty()) {
            throw new UsageException("no command behind --");
        }
        if (files.stream().filter("-"::equals).count() > 1) {
            throw new UsageException("-r - can be given once");
        }
    }

    /** Whether the option stands on the command line, not only among the defaults. */
    private boolean isTyped(Option option) {
        return words.options().stream().anyMatch(each -> each.option() == option);
    }

    private List<Integer> pidsOf() throws UsageException {
        List<Integer> numbers = new ArrayList<>();
        for (String text : values(Option.PID)) {
            numbers.add((int) number(Option.PID, text, 1, MAX_PID, "of a process"));
        }
        return List.copyOf(numbers);
    }

    /** Whether the option was given. */
    boolean has(Option option) {
        return given.containsKey(option);
    }

    /** The option's argument, the last one if it was given more often; null if it was not, or without one. */
    String value(Option option) {
        List<String> values = given.get(option);
        return values == null ? null : values.getLast();
    }

    /** The arguments of an option that may be repeated. */
    List<String> values(Option option) {
        return given.getOrDefault(option, List.of());
    }

    /** The command line it was made from. */
    CommandWords words() {
        return words;
    }

    /** The filter; empty if there is none. */
    String filter() {
        return words.filter();
    }

    /** The command to run and trace; null if there is none. */
    List<String> command() {
        return words.command();
    }

    /** Whether this machine is traced, not a file read. */
    boolean isLive() {
        return files.isEmpty();
    }

    /** The captures to read, in order. */
    List<String> files() {
        return files;
    }

    /** Bytes of a buffer to keep, 0 to 65000; -1 if nothing is asked for. */
    int snaplen() {
        return snaplen;
    }

    /** How long the first event of a container is held until its name is known, ns; -1 if nothing is asked for. */
    long waitMetaNanos() {
        return waitMetaNanos;
    }

    /** How long an answer of a Kubernetes runtime may take, ns; -1 if nothing is asked for. */
    long criNanos() {
        return criNanos;
    }

    /** Which driver is asked for. */
    DriverWish driver() {
        try {
            return DriverWish.of(this);
        } catch (UsageException e) {
            throw new IllegalStateException("checked when the command line was read", e);
        }
    }

    /** How many CPUs share a ring. */
    int cpusPerBuffer() {
        return cpusPerBuffer;
    }

    /** Size of a ring, as asked for and as it will be; null for the usual one. */
    ByteSize bufferSize() {
        return bufferSize;
    }

    /** The processes to trace with their children; empty for all, or those of a command. */
    List<Integer> pids() {
        return pids;
    }

    /** How long calls are in flight that are listed, ns; -1 if none are to be listed. */
    long pendingNanos() {
        return pendingNanos;
    }

    /** How many matching events end the run. */
    long maxEvents() {
        return maxEvents;
    }

    /** How much time of the events, in ns, ends the run. */
    long maxNanos() {
        return maxNanos;
    }

    /** Whether only a part of the captures is wanted. */
    boolean ranged() {
        return has(Option.FROM) || has(Option.TO);
    }

    /**
     * What part of the captures is wanted, not yet tied to them; null for everything.
     *
     * @param zone of times without an offset
     */
    CaptureRange range(ZoneId zone) {
        try {
            return ranged() ? new CaptureRange(place(Option.FROM, zone), place(Option.TO, zone), zone) : null;
        } catch (UsageException e) {
            throw new IllegalStateException("checked when the command line was read", e);
        }
    }

    private CapturePlace place(Option option, ZoneId zone) throws UsageException {
        return has(option) ? CapturePlace.parse(option.display(), value(option), zone) : null;
    }

    private void checkRange() throws UsageException {
        for (Option option : List.of(Option.FROM, Option.TO)) {
            CapturePlace place = place(option, ZoneId.systemDefault());
            if (place != null && isLive()) {
                throw new UsageException(option.display() + " is a place in a file: it needs -r");
            }
            if (place != null && files.contains("-") && (place.needsFirst() || place.needsLast())) {
                throw new UsageException(option.display() + ": '" + value(option)
                        + "' is known only when the capture was looked through, and standard input can be read once");
            }
        }
    }

    /** What evt.outputtime shows. */
    TimeFormat timeFormat() {
        return timeFormat;
    }

    /** How buffers are shown. */
    BufferFormat bufferFormat() {
        return bufferFormat;
    }

    /** Where events are written; null if they are not. */
    Recording recording() {
        return recording;
    }

    /** Whether no event lines are wanted. */
    boolean quiet() {
        return has(Option.QUIET) || recording != null;
    }

    /** Whether this program's own errors come with stack traces. */
    boolean debug() {
        return has(Option.DEBUG);
    }

    /** Whether a message of that level ({@code info}, {@code warning} ...) is wanted on stderr. */
    boolean logs(String level) {
        return LOG_LEVELS.indexOf(level) >= logLevel;
    }

    /**
     * Whether event lines are coloured.
     *
     * @param terminal whether stdout is one
     * @param noColor the environment's NO_COLOR; null if it is not set
     */
    boolean colored(boolean terminal, String noColor) {
        return switch (color) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> terminal && (noColor == null || noColor.isEmpty());
        };
    }

    private static TimeFormat timeFormatOf(String value) throws UsageException {
        if (value == null) {
            return TimeFormat.LOCAL;
        }
        TimeFormat format = value.length() == 1 ? TimeFormat.of(value.charAt(0)) : null;
        if (format == null) {
            throw new UsageException("-t: '" + value + "' is none of h, a, r, d, D");
        }
        return format;
    }

    private BufferFormat bufferFormatOf() throws UsageException {
        BufferFormat format = BufferFormat.NORMAL;
        Option chosen = null;
        for (Occurrence occurrence : words.options()) {
            BufferFormat next = switch (occurrence.option()) {
                case ASCII -> BufferFormat.ASCII;
                case BASE64 -> BufferFormat.BASE64;
                case HEX -> BufferFormat.HEX;
                case HEX_ASCII -> BufferFormat.HEX_ASCII;
                default -> BufferFormat.NORMAL;
            };
            if (next == BufferFormat.NORMAL) {
                continue;
            }
            if (chosen != null && chosen != occurrence.option()) {
                throw new UsageException("either " + chosen.display() + " or " + occurrence.option().display()
                        + ": buffers have one format");
            }
            chosen = occurrence.option();
            format = next;
        }
        return format;
    }

    private static Color colorOf(String value) throws UsageException {
        if (value == null) {
            return Color.AUTO;
        }
        return switch (value) {
            case "auto" -> Color.AUTO;
            case "always" -> Color.ALWAYS;
            case "never" -> Color.NEVER;
            default -> throw new UsageException("--color: '" + value + "' is none of auto, always, never");
        };
    }

    private static int logLevelOf(String value) throws UsageException {
        int level = LOG_LEVELS.indexOf(value == null ? "warning" : value);
        if (level < 0) {
            throw new UsageException("--log-level: '" + value + "' is none of " + String.join(", ", LOG_LEVELS));
        }
        return level;
    }

    private Recording recordingOf() throws UsageException {
        if (!has(Option.WRITE)) {
            for (Option option : List.of(Option.COMPRESS, Option.FILE_SIZE, Option.SECONDS, Option.FILE_LIMIT,
                    Option.EVENT_LIMIT, Option.FAT_FILE, Option.FILTER_PROCLIST, Option.RING, Option.DUMP_ON, Option.SANITIZE)) {
                if (has(option)) {
                    throw new UsageException(option.display() + " says how a capture is written: it needs -w FILE");
                }
            }
            return null;
        }
        if (values(Option.WRITE).size() > 1) {
            throw new UsageException("-w can be given once");
        }
        Rotation rotation = new Rotation(
                has(Option.FILE_SIZE) ? number(Option.FILE_SIZE, 1, Long.MAX_VALUE / MEGABYTE, "million bytes") * MEGABYTE : 0,
                has(Option.SECONDS) ? number(Option.SECONDS, 1, Integer.MAX_VALUE, "seconds") : 0,
                has(Option.EVENT_LIMIT) ? number(Option.EVENT_LIMIT, 1, Long.MAX_VALUE, "events") : 0,
                has(Option.FILE_LIMIT) ? (int) number(Option.FILE_LIMIT, 1, Integer.MAX_VALUE, "files") : 0);
        Recording asked = new Recording(value(Option.WRITE), has(Option.COMPRESS), rotation, has(Option.FAT_FILE));
        if (asked.file().isEmpty()) {
            throw new UsageException("-w: the file needs a name");
        }
        if (rotation.files() > 0 && !rotation.rotates() && !has(Option.RING)) {
            throw new UsageException("-W says how many files are kept: it needs -C, -G or -e");
        }
        if (asked.file().equals("-") && rotation.rotates()) {
            throw new UsageException("standard output cannot be rotated: give -w a file name");
        }
        if (asked.file().equals("-") && has(Option.SUMMARY)) {
            throw new UsageException("-S and -w - both want standard output");
        }
        return asked;
    }

    private RingSize ringOf() throws UsageException {
        if (!has(Option.RING)) {
            if (has(Option.DUMP_ON)) {
                throw new UsageException("--dump-on writes what is kept in memory: it needs --ring");
            }
            return null;
        }
        if (recording.rotation().rotates()) {
            throw new UsageException("--ring writes what it keeps into one file: not together with -C, -G or -e");
        }
        if (recording.file().equals("-")) {
            throw new UsageException("--ring can write several files: give -w a file name");
        }
        return RingSize.parse(value(Option.RING));
    }

    /** How much a flight recorder keeps; null if events are written as they come. */
    RingSize ring() {
        return ring;
    }

    /** The option's argument as a whole number in a range, decimal. */
    private long number(Option option, long min, long max, String unit) throws UsageException {
        return number(option, value(option), min, max, "of " + unit);
    }

    private static long number(Option option, String text, long min, long max, String unit) throws UsageException {
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // the same message as for a number out of range
        }
        throw new UsageException(option.display() + ": '" + text + "' is not a number " + unit + ", " + min
                + (max >= Integer.MAX_VALUE ? " or more" : min == max ? "" : " to " + max));
    }

    /** The option's argument in seconds, with a fraction if wanted, as ns. */
    private long nanos(Option option) throws UsageException {
        String text = value(option);
        try {
            double seconds = Double.parseDouble(text);
            if (seconds > 0 && seconds < (double) (Long.MAX_VALUE / NANOS)) {
                return Math.round(seconds * NANOS);
            }
        } catch (NumberFormatException e) {
            // the same message as for a number out of range
        }
        throw new UsageException(option.display() + ": '" + text + "' is not a number of seconds above 0");
    }
}
