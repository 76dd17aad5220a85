package org.syscope.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.syscope.capture.driver.Driver;
import org.syscope.capture.driver.DriverOptions;
import org.syscope.capture.driver.DriverStatistics;
import org.syscope.capture.driver.Muting;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.event.EventType;
import org.syscope.capture.event.StateChanges;
import org.syscope.capture.event.Text;
import org.syscope.capture.linux.ThreadPriority;
import org.syscope.capture.procfs.ProcSystem;
import org.syscope.capture.scap.CaptureFormatException;
import org.syscope.capture.scap.CaptureSink;
import org.syscope.capture.state.SystemState;
import org.syscope.chisels.ChiselException;
import org.syscope.chisels.ChiselHost;
import org.syscope.chisels.ChiselLibrary;
import org.syscope.chisels.ChiselPath;
import org.syscope.chisels.LuaChiselHost;
import org.syscope.filters.eval.Filter;
import org.syscope.filters.eval.FilterCompiler;
import org.syscope.filters.field.CurrentEvent;
import org.syscope.filters.format.FormatException;
import org.syscope.filters.lang.FilterException;

/** A capture or a replay, from its start to the totals at its end. */
final class Session {

    private static final long SECOND = 1_000_000_000;
    /** The environment variable that replaces the machine's name, where a container has one of its own. */
    private static final String MACHINE_NAME = "SCAP_HOSTNAME";

    private final Settings settings;
    private final SourceFiles sources;
    private final StandardOutput out;
    private final PrintStream err;
    private final Notes notes;
    private final Map<String, String> environment;
    private final Interrupts interrupts = new Interrupts();
    private final Totals totals = new Totals();
    private final ProcSystem proc;
    private final SystemState state;
    private final EventFormats formats;
    private final LineSink.LineFormat lineFormat;
    private final Filter filter;
    private final List<EventSink> sinks = new ArrayList<>();
    private final WrittenThreads writtenThreads = new WrittenThreads();
    private ChiselRun chiselRun;
    private ChiselHost chiselHost;
    private ChiselSink chiselSink;
    private long nextTick;
    private LineSink lines;
    private RecordingSink capture;
    private FlightRecorder recorder;
    private final Sanitizer sanitizer;
    private final Filter dumpOn;
    private final CaptureOpener writing;
    private Replay replayed;
    private long listsWritten;
    private Driver driver;
    private DriverStatistics lost;
    private Muting muting;
    private TracedProcesses traced;
    private PendingCalls pending;
    private EventLoop.Metadata metadata;

    /**
     * Understands filter and format, and loads chisels; opens nothing yet.
     *
     * @throws FilterException if the filter is wrong
     * @throws FormatException if the output format is wrong
     * @throws ChiselException if a chisel cannot be loaded
     * @throws IOException if this machine is to be traced and has no /proc, or a file would be read and written
     */
    Session(Settings settings, StandardOutput out, PrintStream err, Map<String, String> environment)
            throws FilterException, FormatException, ChiselException, IOException {
        this.settings = settings;
        this.sources = new SourceFiles(settings.files());
        this.out = out;
        this.err = err;
        this.notes = new Notes(settings, err);
        this.environment = environment;
        if (settings.recording() != null && !settings.recording().rotation().rotates()) {
            sources.refuse(settings.recording().file());
        }
        this.proc = settings.isLive() ? ProcSystem.of(environment, settings.has(Option.LARGE_ENVIRONMENT)) : null;
        this.state = new SystemState(proc);
        this.formats = new EventFormats(settings, state);
        interrupts.install();
        String expression = settings.filter();
        if (settings.has(Option.CHISEL)) {
            ChiselPath path = ChiselPath.of(environment);
            ChiselCommand chisels = ChiselCommand.of(settings.words(), new ChiselLibrary(path), this::isFilter);
            chiselRun = new ChiselRun(settings, formats, chisels.filter(), state, out, err, interrupts);
            chiselHost = new LuaChiselHost(path, chiselRun);
            interrupts.onSignal(this::hurryChisels);
            for (ChiselCommand.Call call : chisels.calls()) {
                chiselHost.add(call.name(), call.arguments());
            }
            chiselRun.needOnlyFiltered(chiselHost.needsOnlyFiltered() && settings.recording() == null);
            expression = chiselRun.captureFilter();
        }
        this.filter = expression.isBlank() ? null : new FilterCompiler(formats.catalog()).compile(expression);
        if (filter != null) {
            filter.warnings().forEach(warning -> notes.add("warning", warning));
        }
        this.sanitizer = settings.has(Option.SANITIZE) ? new Sanitizer() : null;
        this.writing = settings.recording() == null ? null
                : new CaptureOpener(settings, state, sources, sanitizer, environment, text -> notes.add("warning", text));
        this.dumpOn = settings.has(Option.DUMP_ON)
                ? new FilterCompiler(formats.catalog()).compile(settings.value(Option.DUMP_ON)) : null;
        if (dumpOn != null) {
            dumpOn.warnings().forEach(warning -> notes.add("warning", "--dump-on: " + warning));
        }
        this.lineFormat = formats.lines(settings.colored(Terminal.is(Terminal.OUT), environment.get("NO_COLOR")));
    }

    private boolean isFilter(String text) {
        try {
            new FilterCompiler(formats.catalog()).compile(text);
            return true;
        } catch (FilterException e) {
            return false;
        }
    }

    /** A script that keeps the run from ending gets a second. */
    private void hurryChisels() {
        if (interrupts.stopped()) {
            Thread.ofVirtual().start(() -> {
                LockSupport.parkNanos(SECOND);
                if (chiselSink == null) {
                    chiselHost.interrupt();
                } else {
                    chiselSink.interrupt();
                }
            });
        }
    }

    /**
     * Runs to the end and prints the totals.
     *
     * @return the exit status
     * @throws IOException if the source or the output failed; what came before was handled and written
     * @throws ChiselException if a chisel failed
     */
    int run() throws IOException, ChiselException {
        IOException failure = null;
        try {
            if (settings.isLive()) {
                trace();
            } else {
                replay();
            }
        } catch (IOException e) {
            failure = e;
        } catch (UncheckedIOException e) {
            failure = e.getCause();
        }
        failure = closeSinks(failure);
        if (writing != null) {
            writing.close();
        }
        if (!(failure instanceof OutputClosedException) && (failure == null || totals.events() > 0)) {
            notes.hidden(formats.hidden());
            sayTotals();
            if (writing != null && lost != null && lost.ringFull() > 0 && writing.lossReason() != null) {
                notes.add("warning", writing.lossReason());
            }
        }
        if (failure instanceof ChiselFailedException e) {
            throw e.chisel();
        }
        if (failure != null) {
            throw failure;
        }
        if (settings.has(Option.FAIL_ON_DROP) && lost != null && lost.lost() > 0) {
            notes.add("error", "--fail-on-drop: " + Figures.count(lost.lost(), "event")
                    + " lost; larger rings (--buffer-size), a filter or -w make it fewer");
            return Program.FAILURE;
        }
        if (traced != null) {
            traced.endLikewise();
        }
        return Program.OK;
    }

    // ---- files

    private void replay() throws IOException {
        if (settings.has(Option.FILTER_PROCLIST) || sanitizer != null && settings.ring() == null) {
            collectThreads();
        }
        try (Replay source = open()) {
            replay(source);
            notes.unknownTypes(source.unknownTypes());
        }
    }

    private Replay open() throws IOException {
        boolean indexed = !settings.has(Option.EXCLUDE_USERS) && followsState();
        return Replay.open(settings.files(), state, new Replay.Options(settings.range(ZoneId.systemDefault()), indexed,
                environment, interrupts::stopped, text -> notes.add("warning", text)));
    }

    /** Reads the files a first time, to know which processes the written ones will be about. */
    private void collectThreads() throws IOException {
        try (Replay captures = open()) {
            loop(List.of(writtenThreads), new Totals(), false).run(captures, this::chores);
        } catch (CaptureFormatException e) {
            notes.add("debug", e.getMessage());
        }
        state.reset();
    }

    private void replay(Replay source) throws IOException {
        if (settings.has(Option.EXCLUDE_USERS)) {
            state.users().clear();
        }
        totals.begin();
        replayed = source;
        openSinks(source.listsRead());
        String file = settings.files().getFirst();
        long size = source.single() && !file.equals("-") && Files.isRegularFile(Path.of(file)) ? Files.size(Path.of(file)) : 0;
        if (chiselRun != null) {
            chiselRun.progress(() -> size == 0 ? 0 : 100.0 * source.fileOffset() / size);
        }
        Progress progress = settings.has(Option.PROGRESS) ? new Progress(err, System::nanoTime) : null;
        EventLoop loop = loop(false);
        if (copies()) {
            loop.shorten(new UnseenCopy(source, writing));
        }
        boolean ended = loop.run(source, () -> {
            chores();
            if (progress != null) {
                progress.update(source.fileOffset(), size, totals.events());
            }
        });
        notes.unreadableContainers(state.containers().unreadable());
        notes.lost(totals.losses());
        if (progress != null && ended) {
            progress.done();
        }
        if (ended && totals.events() == 0 && settings.ranged()) {
            notes.add("warning", "no event lies between --from and --to");
        }
    }

    // ---- this machine

    private void trace() throws IOException {
        traced = TracedProcesses.begin(settings.command(), settings.pids(), true, proc);
        try {
            traceWithDriver();
        } catch (IOException | RuntimeException e) {
            if (traced != null) {
                traced.abandon();
            }
            throw e;
        }
    }

    private void traceWithDriver() throws IOException {
        int snaplen = chiselRun == null ? settings.snaplen() : chiselRun.snaplen();
        ProcScan scan = ProcScan.begin(proc, state);
        if (settings.bufferSize() != null && settings.bufferSize().rounded()) {
            notes.add("warning", "--buffer-size " + settings.value(Option.BUFFER_SIZE) + ": "
                    + settings.bufferSize().correction());
        }
        DriverOptions wanted = DriverRequest.of(settings, filter, formats.catalog().resolved(), chiselRun,
                chiselRun == null && !settings.quiet() && formats.showsEnters(), snaplen).withTracer((int) proc.self());
        DriverChoice choice = DriverChoice.of(settings.driver(), environment);
        try (Driver opened = choice.open(wanted, settings.has(Option.VERBOSE) ? notes::say : line -> { })) {
            driver = opened;
            totals.begin();
            if (settings.pendingNanos() >= 0) {
                pending = new PendingCalls(opened, proc, state, new PendingFilter(filter, formats.catalog(), state),
                        settings.pendingNanos());
            }
            interrupts.onSignal(opened::stop);
            opened.leftOut().forEach(line -> notes.add("warning", line));
            scan.await();
            if (traced == null || traced.includesOlder()) {
                scan.sayHidden(line -> notes.add("warning", line));
            }
            String name = environment.get(MACHINE_NAME);
            if (name != null && !name.isEmpty()) {
                state.machine(state.machine().named(Text.of(name)));
            }
            if (settings.has(Option.EXCLUDE_USERS)) {
                state.users().clear();
            }
            openSinks(true);
            ThreadPriority.prefer();
            ThreadPriority.preferMachine();
            DelayLine line = new DelayLine(opened);
            metadata = LiveContainers.begin(settings, environment, state, proc, line, interrupts,
                    formats.needContainers() || settings.has(Option.CHISEL), message -> notes.add("warning", message));
            EventLoop loop = loop(true);
            loop.tellRefused(UnwantedThreads.begin(settings, filter, formats.catalog(), opened));
            EventSource events = chiselRun == null || !chiselRun.wantsAccounts() ? line
                    : new ThreadAccounts(line, proc, state, opened::traces,
                            () -> TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()));
            // a chisel may start programs, which would be bound like this thread
            OneCpu oneCpu = OneCpu.ofThisThread(chiselRun == null);
            // last, as the command begins with it, and calls a million times a second
            if (traced != null) {
                traced.enter(opened);
            }
            boolean goesOn = loop.run(events, () -> {
                chores();
                oneCpu.look(System.nanoTime(), opened.fill(), totals.events());
                if (traced != null && !opened.tracesAny()) {
                    interrupts.stop();
                }
            });
            oneCpu.spread();
            listPending();
            opened.stopCapture();
            if (goesOn || interrupts.stopped()) {
                loop.drain(line);
            }
            lost = opened.statistics();
            muting = opened.muting();
        } finally {
            if (metadata != null) {
                metadata.close();
            }
        }
    }

    private EventLoop loop(boolean live) {
        return loop(sinks, totals, live);
    }

    private EventLoop loop(List<EventSink> into, Totals counters, boolean live) {
        EventLoop.Exclusion excluded = traced != null ? (event, now) -> traced.hides(event)
                : settings.has(Option.SUPPRESS_COMM) ? new SuppressedThreads(settings.values(Option.SUPPRESS_COMM)) : null;
        EventLoop.Options options = new EventLoop.Options(test(), excluded, settings.has(Option.DEBUG), settings.maxEvents(),
                settings.maxNanos(), live, new TypeProperty(this::follows));
        return new EventLoop(state, new CurrentEvent(state), options, into, interrupts, counters, metadata);
    }

    /** Whether anybody asks for the state: a file that is written whole needs it only before its first event. */
    private boolean followsState() {
        Settings.Recording recording = settings.recording();
        return recording == null || recording.rotation().rotates() || filter != null || chiselRun != null
                || sanitizer != null || settings.ring() != null || settings.ranged() || settings.files().size() > 1
                || settings.has(Option.SUMMARY) || settings.has(Option.SUPPRESS_COMM) || settings.has(Option.WAIT_META)
                || settings.pendingNanos() >= 0;
    }

    /** Whether the state takes in events of a type. From a live trace the capture wants to know new processes' containers. */
    private boolean follows(EventType type) {
        return followsState() || settings.isLive() && (StateChanges.by(type) || type.code() == EventCodes.PPME_DROP_E);
    }

    /** Whether a file is written anew and nobody looks at its events. */
    private boolean copies() {
        return !followsState() && settings.quiet() && settings.maxEvents() == Long.MAX_VALUE
                && settings.maxNanos() == Long.MAX_VALUE;
    }

    /** What decides which events pass; null lets all pass. */
    private EventLoop.EventTest test() {
        return filter == null || settings.has(Option.DISPLAY_FILTER) ? null : filter::matches;
    }

    // ---- output

    private void openSinks(boolean listsRead) throws IOException {
        EventLoop.EventTest shown = filter != null && settings.has(Option.DISPLAY_FILTER) ? filter::matches : null;
        Settings.Recording recording = settings.recording();
        if (recording != null && settings.ring() != null) {
            recorder = new FlightRecorder(new FlightRecorder.Options(settings.ring(), recording.file(),
                    recording.rotation().files(), dumpOn == null ? null : dumpOn::matches, interrupts::signalled), state,
                    writing::openRing, text -> err.println("syscope: " + text));
            sinks.add(recorder);
            if (listsRead) {
                recorder.open();
            }
        } else if (recording != null) {
            boolean fat = recording.fat() || chiselRun != null && chiselRun.fat()
                    || !settings.isLive() && !settings.has(Option.FILTER_PROCLIST);
            capture = new RecordingSink(this::openCapture,
                    replayed == null || replayed.single() ? null : this::renewCapture, fat);
            sinks.add(capture);
            if (listsRead) {
                capture.open();
            }
        }
        if (chiselRun != null) {
            chiselSink = new ChiselSink(chiselHost, chiselRun, out, test());
            chiselSink.start();
            sinks.add(chiselSink);
        } else if (!settings.quiet()) {
            lines = new LineSink(out, lineFormat, shown, settings.has(Option.UNBUFFERED));
            sinks.add(lines);
        }
        if (settings.has(Option.SUMMARY)) {
            sinks.add(new CallSummary(out, "proc".equals(settings.value(Option.SUMMARY))));
        }
    }

    private CaptureSink openCapture() throws IOException {
        return writing.open(writtenThreads, traced == null ? null : traced::mayHave);
    }

    private void renewCapture() throws IOException {
        if (replayed.lists() != listsWritten) {
            if (listsWritten > 0) {
                writing.renew();
            }
            listsWritten = replayed.lists();
        }
    }

    private IOException closeSinks(IOException earlier) {
        IOException failure = earlier;
        for (EventSink sink : sinks) {
            try {
                sink.close();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                }
            }
        }
        return failure;
    }

    private void chores() throws IOException {
        if (chiselSink != null && settings.isLive() && System.nanoTime() - nextTick >= 0) {
            nextTick = System.nanoTime() + SECOND;
            chiselSink.idle(TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()));
        }
        if (recorder != null && interrupts.takeDumpRequest()) {
            recorder.dump("SIGUSR2");
        }
        if (interrupts.takeTotalsRequest()) {
            err.println("syscope: " + totals.line(verb(), became(), driver == null ? null : driver.statistics()));
            err.flush();
            listPending();
        }
    }

    private void listPending() {
        if (pending != null) {
            pending.list(err);
        }
    }

    /**
     * The totals of a live run are always said. A file loses nothing by being read, so that they are said only where
     * something was written or the user wants to know.
     */
    private void sayTotals() {
        if (settings.isLive() ? lost != null : settings.recording() != null || settings.has(Option.VERBOSE)) {
            err.println("syscope: " + totals.line(verb(), became(), lost));
        }
        if (lost != null && !Totals.missing(lost).isEmpty()) {
            notes.add("warning", Totals.missing(lost));
        }
        if (muting != null && settings.has(Option.VERBOSE)) {
            notes.say(Totals.line(muting));
        }
        if (sanitizer != null) {
            err.println("syscope: " + sanitizer.line());
        }
    }

    /** The command line of another run that a chisel asked for; null if none did. */
    String nextRun() {
        return chiselRun == null ? null : chiselRun.nextRun();
    }

    private String verb() {
        return settings.recording() != null ? "written" : lines != null ? "shown" : "matched";
    }

    private long became() {
        if (recorder != null) {
            return recorder.events();
        }
        return capture != null ? capture.events() : lines != null ? lines.lines() : totals.matched();
    }
}
