package org.syscope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.syscope.capture.driver.Driver;
import org.syscope.capture.driver.DriverStatistics;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.procfs.ProcSystem;
import org.syscope.capture.scap.CaptureFormatException;
import org.syscope.capture.scap.CaptureIndex;
import org.syscope.capture.state.SystemState;
import org.syscope.chisels.views.EventFeed;
import org.syscope.chisels.views.ViewEngine;
import org.syscope.filters.field.CurrentEvent;

/**
 * Brings events to views: traces this machine, or reads captures, again for each selection and each interval. Runs on one
 * thread, the thread of the events.
 */
final class ViewFeed implements EventFeed {

    /** How long a wait for commands lasts at most, ns: a signal that came just before it is seen then. */
    private static final long NAP = 100_000_000;

    private final Settings source;
    private final boolean screen;
    private final Map<String, String> environment;
    private final Consumer<String> note;
    private final Interrupts interrupts;
    private final ProcSystem proc;
    private final SystemState state;
    private final Totals totals = new Totals();
    private final ViewRecorder recorder;
    private final ThreadCalls calls;
    private ViewEngine engine;
    private ViewFront front;
    private volatile Driver driver;
    private volatile Thread thread;
    private volatile Replay replay;
    private long size;
    private boolean counted;

    /**
     * A feed that has not begun.
     *
     * @param note takes warnings, one line each; from any thread
     * @throws IOException if this machine is to be traced and has no /proc
     */
    ViewFeed(UiSettings settings, Map<String, String> environment, Consumer<String> note, Interrupts interrupts)
            throws IOException {
        this.source = settings.source();
        this.screen = settings.front() == UiSettings.Front.TERMINAL;
        this.environment = environment;
        this.note = note;
        this.interrupts = interrupts;
        this.proc = source.isLive() ? ProcSystem.of(environment, source.has(Option.LARGE_ENVIRONMENT)) : null;
        this.state = new SystemState(proc);
        this.recorder = new ViewRecorder(source, environment);
        this.calls = new ThreadCalls(proc, state);
    }

    /** The state that the source keeps. */
    SystemState state() {
        return state;
    }

    /**
     * Runs until the front has had enough or a signal comes.
     *
     * @throws IOException if the source fails; what came before was shown
     */
    void run(ViewEngine views, ViewFront shownBy) throws IOException {
        engine = views;
        front = shownBy;
        thread = Thread.currentThread();
        interrupts.onSignal(this::wake);
        try {
            if (source.isLive()) {
                trace();
            } else {
                read();
            }
        } finally {
            recorder.close();
            views.close();
        }
    }

    // ---- files

    private void read() throws IOException {
        boolean opened = false;
        boolean wanted = true;
        while (wanted && !interrupts.stopped()) {
            engine.restarted();
            boolean ended;
            try (Replay captures = open()) {
                if (!opened) {
                    front.opened();
                    opened = true;
                }
                ended = read(captures);
            } finally {
                replay = null;
            }
            if (ended && !interrupts.stopped()) {
                counted = true;
                engine.finished();
                wanted = front.finished() && waitForCommand();
            }
            state.reset();
        }
    }

    private Replay open() throws IOException {
        CaptureRange range = null;
        if (engine.from() > 0 || engine.to() > 0) {
            range = new CaptureRange(engine.from() > 0 ? new CapturePlace(CapturePlace.Kind.TIME, engine.from()) : null,
                    engine.to() > 0 ? new CapturePlace(CapturePlace.Kind.TIME, engine.to()) : null, ZoneOffset.UTC);
        }
        Replay captures = Replay.open(source.files(), state, new Replay.Options(range, !source.has(Option.EXCLUDE_USERS),
                environment, interrupts::stopped, note));
        String file = source.files().getFirst();
        size = captures.single() && Files.isRegularFile(Path.of(file)) ? Files.size(Path.of(file)) : 0;
        replay = captures;
        CaptureIndex index = captures.index();
        if (index != null && !counted) {
            engine.span(index.firstTime(), index.lastTime());
        }
        return captures;
    }

    /** Whether the captures came to their end, not another selection before that. */
    private boolean read(Replay captures) throws IOException {
        if (source.has(Option.EXCLUDE_USERS)) {
            state.users().clear();
        }
        FedSource fed = new FedSource(captures, engine, false);
        boolean ended;
        try {
            EventLoop loop = new EventLoop(state, new CurrentEvent(state), new EventLoop.Options(null, null, false,
                    source.maxEvents(), Long.MAX_VALUE, false), List.of(new ViewSink(engine)), interrupts, new Totals());
            loop.run(fed, () -> front.progress(progress(), 0));
            ended = !engine.poll();
        } catch (CaptureFormatException e) {
            engine.notice(e.getMessage());
            note.accept(e.getMessage());
            ended = !engine.poll();
        }
        return ended;
    }

    private boolean waitForCommand() {
        while (!interrupts.stopped()) {
            if (engine.poll()) {
                return true;
            }
            LockSupport.parkNanos(NAP);
        }
        return false;
    }

    // ---- this machine

    private void trace() throws IOException {
        TracedProcesses traced = TracedProcesses.begin(source.command(), source.pids(), !screen, proc);
        try {
            trace(traced);
        } catch (IOException | RuntimeException e) {
            if (traced != null) {
                traced.abandon();
            }
            throw e;
        }
        if (traced != null && screen) {
            traced.endCommand();
        }
    }

    private void trace(TracedProcesses traced) throws IOException {
        ProcScan scan = ProcScan.begin(proc, state);
        try (Driver opened = DriverChoice.of(source.driver(), environment).open(
                DriverRequest.of(source, null, List.of(), null, false, source.snaplen()).withTracer((int) proc.self()),
                line -> { })) {
            driver = opened;
            totals.begin();
            opened.leftOut().forEach(note);
            scan.await();
            if (source.has(Option.EXCLUDE_USERS)) {
                state.users().clear();
            }
            engine.restarted();
            front.opened();
            DelayLine line = new DelayLine(opened);
            try (LiveContainers told = LiveContainers.begin(source, environment, state, proc, line, interrupts, true, note)) {
                EventLoop loop = new EventLoop(state, new CurrentEvent(state), new EventLoop.Options(null,
                        traced == null ? null : (event, now) -> traced.hides(event), false, source.maxEvents(), Long.MAX_VALUE,
                        true), List.of(new ViewSink(engine), recorder.sink(state)), interrupts, totals, told);
                EventSource accounts = new ThreadAccounts(line, proc, state, opened::traces,
                        () -> TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()));
                EventSource all = traced == null ? accounts : new UntilEnded(accounts, opened);
                if (traced != null) {
                    traced.enter(opened);
                }
                loop.run(new FedSource(all, engine, true), () -> front.progress(100, totals.events()));
            }
            opened.stopCapture();
            boolean looking = traced != null && front.waits() && !interrupts.stopped();
            if (looking) {
                engine.notice((source.command() != null ? "the command has ended" : "all that was traced has ended")
                        + "; -w FILE records it, to go into it with -r");
            }
            engine.finished();
            front.finished();
            while (looking && !interrupts.stopped()) {
                waitForCommand();
            }
        } finally {
            driver = null;
        }
    }

    /** A source that is at its end when none of the traced processes lives any more, and nothing more comes. */
    private record UntilEnded(EventSource events, Driver opened) implements EventSource {
        @Override
        public Next next(Event event) throws IOException {
            Next found = events.next(event);
            return found == Next.IDLE && !opened.tracesAny() ? Next.END : found;
        }

        @Override
        public void close() throws IOException {
            events.close();
        }
    }

    // ---- the engine

    @Override
    public void wake() {
        Driver traced = driver;
        if (traced != null) {
            traced.stop();
        }
        Thread waiting = thread;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }

    @Override
    public void quit() {
        interrupts.stop();
    }

    @Override
    public double progress() {
        Replay captures = replay;
        return captures == null || size == 0 ? 100 : Math.min(100, 100.0 * captures.fileOffset() / size);
    }

    @Override
    public long lost() {
        DriverStatistics statistics = statistics();
        return statistics == null ? 0 : statistics.lost();
    }

    @Override
    public void lookAtCalls() {
        Driver traced = driver;
        if (traced != null) {
            calls.look(traced);
        }
    }

    @Override
    public boolean concerns(long pid) {
        Driver traced = driver;
        return traced == null || traced.traces((int) pid);
    }

    private DriverStatistics statistics() {
        Driver traced = driver;
        return traced == null ? null : traced.statistics();
    }

    @Override
    public void save(Path file, String filter) throws IOException {
        recorder.save(file, filter, engine);
    }
}
