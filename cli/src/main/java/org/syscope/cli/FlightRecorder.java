package org.syscope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.StateChanges;
import org.syscope.capture.scap.CaptureIndex;
import org.syscope.capture.scap.CaptureSink;
import org.syscope.capture.state.StateSnapshot;
import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.ThreadInfo;
import org.syscope.filters.field.EventContext;

/**
 * Keeps the newest events in memory and writes them into a file when asked to ({@code --ring}), as often as that is. A
 * second state is that before the oldest kept event: events that leave the memory are taken into it, so that every file
 * begins with the processes and fds of its first event. An event can get into several files; a file is written at most
 * once in a second of the events, what asks for one earlier gets it at the end of that second.
 *
 * <p>The first file has the name given, later ones that with a counter from 1 behind it.
 */
final class FlightRecorder implements EventSink {

    private static final long SECOND = 1_000_000_000;

    /**
     * What it is told once.
     *
     * @param size how much is kept
     * @param file name of the first file
     * @param files how many of the newest files stay; 0 for all
     * @param trigger which events have a file written; null for none
     * @param signalled whether a signal ends the run: what is kept is written then, whatever the trigger says
     */
    record Options(RingSize size, String file, int files, EventLoop.EventTest trigger, BooleanSupplier signalled) {
    }

    /** Creates files. */
    @FunctionalInterface
    interface Opener {
        /**
         * Creates one.
         *
         * @param past the state before its first event
         * @param threads whose events that passed the filter are going to be in it
         */
        CaptureSink open(String name, SystemState past, WrittenThreads threads) throws IOException;
    }

    private final Options options;
    private final SystemState state;
    private final SystemState past = new SystemState(null);
    private final Opener opener;
    private final Consumer<String> say;
    private final TypeProperty changesState = new TypeProperty(StateChanges::by);
    private final EventQueue kept = new EventQueue();
    private final Event oldest = new Event();
    private final ArrayDeque<String> names = new ArrayDeque<>();
    private boolean opened;
    private boolean cut;
    private boolean wanted;
    private long now;
    private long dumps;
    private long dumpTime;
    private long dumpNanos;
    private long unwritten;
    private long written;

    /**
     * An empty recorder.
     *
     * @param state the system as the events reach it; {@link #open} takes its present form as the past
     * @param say told about each file
     */
    FlightRecorder(Options options, SystemState state, Opener opener, Consumer<String> say) {
        this.options = options;
        this.state = state;
        this.opener = opener;
        this.say = say;
    }

    /** Begins with the state of this moment; without this call, with that at the first event. */
    void open() throws IOException {
        StateSnapshot.restore(StateSnapshot.save(state), past);
        opened = true;
    }

    /** How many events were written, in all files together. */
    long events() {
        return written;
    }

    @Override
    public void accept(EventContext context) throws IOException {
        keep(context, 0);
        trigger(context);
    }

    @Override
    public void acceptHidden(EventContext context) throws IOException {
        keep(context, 0);
    }

    @Override
    public void acceptRefused(EventContext context) throws IOException {
        if (changesState.holds(context.eventCode())) {
            keep(context, Event.STATE_ONLY);
        }
        trigger(context);
    }

    private void keep(EventContext context, int flags) throws IOException {
        if (!opened) {
            open();
        }
        Event event = context.event();
        now = Math.max(now, event.timestamp());
        kept.add(event, flags);
        unwritten++;
        while (kept.bytes() > options.size().bytes() && kept.size() > 1) {
            kept.oldest(oldest);
            cut |= now - oldest.timestamp() <= options.size().nanos();
            forget();
        }
        while (kept.size() > 1) {
            kept.oldest(oldest);
            if (now - oldest.timestamp() <= options.size().nanos()) {
                break;
            }
            forget();
        }
        if (wanted && now - dumpTime >= SECOND) {
            dump("--dump-on");
        }
    }

    private void forget() {
        past.process(oldest);
        kept.remove();
        unwritten = Math.min(unwritten, kept.size());
    }

    private void trigger(EventContext context) throws IOException {
        if (options.trigger() != null && options.trigger().matches(context)) {
            if (dumps == 0 || now - dumpTime >= SECOND) {
                dump("--dump-on");
            } else {
                wanted = true;
            }
        }
    }

    /**
     * Writes what is kept into the next file, and goes on keeping it.
     *
     * @param reason said with the file's name
     */
    void dump(String reason) throws IOException {
        if (!opened) {
            open();
        }
        String name = dumps == 0 ? options.file() : options.file() + dumps;
        dumps++;
        WrittenThreads threads = new WrittenThreads();
        kept.forEach(event -> {
            if (!event.stateOnly()) {
                add(threads, event.tid());
            }
        });
        long[] times = {0, 0};
        long before = written;
        try (CaptureSink sink = opener.open(name, past, threads)) {
            kept.forEach(event -> {
                sink.write(event, event.blockFlags() & Event.STATE_ONLY);
                times[0] = times[0] == 0 && event.timestamp() > 0 ? event.timestamp() : times[0];
                times[1] = Math.max(times[1], event.timestamp());
            });
            written += sink.events();
        }
        String limit = cut && !options.size().bytesGiven()
                ? "; " + Figures.bytes(options.size().bytes()) + " of memory do not hold more, --ring TIME,MEMORY gives more"
                : "";
        say.accept(name + ": " + Figures.count(written - before, "event") + " of " + Figures.seconds(times[1] - times[0], 3)
                + " s written (" + reason + ")" + limit);
        wanted = false;
        dumpTime = now;
        dumpNanos = System.nanoTime();
        unwritten = 0;
        names.add(name);
        if (options.files() > 0 && names.size() > options.files()) {
            Path last = Path.of(names.remove());
            Files.deleteIfExists(last);
            CaptureIndex.delete(last);
        }
    }

    private void add(WrittenThreads threads, long tid) {
        ThreadInfo thread = state.threads().get(tid);
        if (thread == null) {
            thread = past.threads().get(tid);
        }
        threads.add(tid, thread == null ? tid : thread.pid);
    }

    @Override
    public void flush() throws IOException {
        if (wanted && System.nanoTime() - dumpNanos >= SECOND) {
            dump("--dump-on");
        }
    }

    @Override
    public void close() throws IOException {
        try {
            boolean asked = options.trigger() == null || wanted || options.signalled().getAsBoolean();
            if (asked && (dumps == 0 || unwritten > 0)) {
                dump(wanted ? "--dump-on" : "the end");
            } else if (dumps == 0) {
                say.accept("no event matched --dump-on: " + options.file() + " was not written");
            }
        } finally {
            kept.close();
        }
    }
}
