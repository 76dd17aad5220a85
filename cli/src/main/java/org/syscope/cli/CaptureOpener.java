package org.syscope.cli;

import java.io.IOException;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.syscope.capture.scap.BackgroundIndexer;
import org.syscope.capture.scap.CaptureSink;
import org.syscope.capture.scap.OutputQueue;
import org.syscope.capture.scap.RotatingWriter;
import org.syscope.capture.scap.ScapWriter;
import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.ThreadInfo;

/** Creates the captures that a run writes, as the command line asks: one, one after the other, or those of a recorder. */
final class CaptureOpener implements AutoCloseable {

    private final Settings settings;
    private final SystemState state;
    private final SourceFiles sources;
    private final Sanitizer sanitizer;
    private final BackgroundIndexer indexer;
    private final OutputQueue queue;
    private final Map<String, String> environment;
    private final Consumer<String> warn;
    private Predicate<ThreadInfo> listed;
    private ScapWriter current;

    /**
     * Creates nothing yet.
     *
     * @param sources what is read, and must not be written over
     * @param sanitizer what captures go through; null for nothing
     * @param environment where SUDO_UID and SUDO_GID are looked for: files belong to that user
     * @param warn told about what the user may not expect
     */
    CaptureOpener(Settings settings, SystemState state, SourceFiles sources, Sanitizer sanitizer,
            Map<String, String> environment, Consumer<String> warn) {
        this.settings = settings;
        this.state = state;
        this.sources = sources;
        this.sanitizer = sanitizer;
        this.indexer = settings.isLive() ? new BackgroundIndexer(environment) : null;
        this.queue = settings.isLive() ? OutputQueue.threaded(OutputQueue.LIVE_MEMORY, true)
                : OutputQueue.threaded(OutputQueue.FILE_MEMORY, false);
        this.environment = environment;
        this.warn = warn;
    }

    /**
     * Creates the capture, or the first of those that follow each other, with the state of this moment.
     *
     * @param written the threads that written events belong to; for a file that was read before
     * @param traced tells the threads that are traced; null if all are
     */
    CaptureSink open(WrittenThreads written, Predicate<ThreadInfo> traced) throws IOException {
        Settings.Recording recording = settings.recording();
        listed = settings.has(Option.FILTER_PROCLIST) || sanitizer != null && !settings.isLive()
                ? written::contains : sanitizer != null && traced != null ? traced : thread -> true;
        RotatingWriter.Opener opener = name -> {
            if (sanitizer != null && settings.isLive() && traced == null) {
                warn.accept("a live trace begins with the list of all processes: those without events stay in " + name
                        + " (rewrite it with -r and -w, or use --ring)");
            }
            current = create(name, state, listed);
            return current;
        };
        CaptureSink sink = recording.rotation().rotates()
                ? new RotatingWriter(recording.file(), recording.rotation(), ZoneId.systemDefault(),
                        TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()), opener)
                : opener.open(recording.file());
        return sanitizer == null ? sink : sanitizer.sink(sink, settings.isLive() ? tid -> true : written::contains);
    }

    /** Begins the present capture anew in its file, with the state of this moment. */
    void renew() throws IOException {
        current.section(sanitizer == null ? state : sanitizer.clean(state), listed);
    }

    /** The present capture. */
    ScapWriter current() {
        return current;
    }

    /** Creates a file of a recorder, with the state before its first event, for events of these threads. */
    CaptureSink openRing(String name, SystemState past, WrittenThreads threads) throws IOException {
        if (sanitizer == null) {
            return create(name, past, thread -> true);
        }
        return sanitizer.sink(create(name, past, threads::contains), threads::contains);
    }

    private ScapWriter create(String name, SystemState lists, Predicate<ThreadInfo> wanted) throws IOException {
        sources.refuse(name);
        SystemState shown = sanitizer == null ? lists : sanitizer.clean(lists);
        if (sanitizer != null) {
            lists.threads().forEach((tid, thread) -> {
                if (!wanted.test(thread)) {
                    sanitizer.leftOut();
                }
            });
        }
        return ScapWriter.create(name, settings.recording().compress(), shown, "syscope " + Program.version(), wanted,
                indexer, queue, environment);
    }

    /** Why events of a live trace were lost, if it was the disk that could not take them; otherwise null. */
    String lossReason() {
        long waited = queue.waitedNanos();
        String file = settings.recording().file();
        return waited == 0 ? null : "recording waited " + Figures.seconds(waited, 3) + " s for "
                + (file.equals("-") ? "standard output" : file) + ", which takes less than comes, with "
                + Figures.bytes(OutputQueue.LIVE_MEMORY) + " in memory: a filter, a smaller --snaplen or a faster disk keep more";
    }

    /** Waits a moment for indexes that are nearly complete; the captures must be closed. */
    @Override
    public void close() {
        queue.close();
        if (indexer != null) {
            indexer.close();
        }
    }
}
