package org.syscope.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.scap.CaptureFormatException;
import org.syscope.capture.scap.CaptureIndex;
import org.syscope.capture.scap.IndexedCapture;
import org.syscope.capture.scap.MergedCaptures;
import org.syscope.capture.scap.ScapReader;
import org.syscope.capture.scap.ScapWriter;
import org.syscope.capture.scap.UnchangedBlocks;
import org.syscope.capture.state.SystemState;

/**
 * The captures that {@code -r} names, opened: one, through its index where there is one that fits, or several merged by
 * time; of them the range that is asked for.
 */
final class Replay implements EventSource {

    private final EventSource whole;
    private final ScapReader reader;
    private final MergedCaptures merged;
    private final boolean listsRead;
    private EventSource part;

    private Replay(EventSource whole, ScapReader reader, MergedCaptures merged, boolean listsRead) {
        this.whole = whole;
        this.part = whole;
        this.reader = reader;
        this.merged = merged;
        this.listsRead = listsRead;
    }

    /**
     * How captures are opened.
     *
     * @param range what is wanted of them; null for everything
     * @param indexed whether an index may be used and made: it holds the state as the capture gives it
     * @param environment where SUDO_UID and SUDO_GID are looked for: a new index belongs to that user
     * @param stopped whether a signal asks for the end
     * @param note told about an index that cannot be used
     */
    record Options(CaptureRange range, boolean indexed, Map<String, String> environment, BooleanSupplier stopped,
            Consumer<String> note) {
    }

    /**
     * Opens captures; with a range the state is then that before its first event.
     *
     * @throws IOException if one cannot be read
     */
    static Replay open(List<String> files, SystemState state, Options options) throws IOException {
        Replay replay;
        if (files.size() > 1) {
            MergedCaptures captures = new MergedCaptures(files, state);
            replay = new Replay(captures, null, captures, options.range() != null);
        } else if (options.indexed()) {
            IndexedCapture capture = IndexedCapture.open(files.getFirst(), state, options.environment());
            replay = new Replay(capture, capture.reader(), null, true);
        } else {
            ScapReader reader = ScapReader.open(files.getFirst(), state);
            replay = new Replay(reader, reader, null, true);
        }
        if (options.range() == null) {
            return replay;
        }
        try {
            if (!replay.jump(files, options.range())) {
                options.note().accept("the index of " + files.getFirst() + " is damaged: it is read from its start");
                replay.close();
                state.reset();
                return open(files, state, new Options(options.range(), false, options.environment(), options.stopped(),
                        options.note()));
            }
            replay.part = new RangedSource(replay.whole, options.range(), state, options.stopped());
        } catch (IOException | RuntimeException e) {
            replay.whole.close();
            throw e;
        }
        return replay;
    }

    /** Ties the range to the captures and goes near its beginning; false if the state is lost over that. */
    private boolean jump(List<String> files, CaptureRange range) throws IOException {
        CaptureIndex index = index();
        range.resolve(() -> index != null ? index.firstTime() : firstTime(files),
                () -> index != null ? index.lastTime() : lastTime(files));
        if (index == null) {
            return true;
        }
        IndexedCapture capture = (IndexedCapture) whole;
        try {
            if (range.firstNumber() > 0) {
                capture.jumpToEvent(range.firstNumber());
            } else if (range.firstTime() > 0) {
                capture.jumpToTime(range.firstTime());
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static long firstTime(List<String> files) throws IOException {
        long earliest = Long.MAX_VALUE;
        for (String file : files) {
            try (ScapReader reader = ScapReader.open(file, null)) {
                Event event = new Event();
                long time = 0;
                while (time <= 0 && reader.next(event) == Next.EVENT) {
                    time = event.timestamp();
                }
                earliest = time > 0 ? Math.min(earliest, time) : earliest;
            } catch (CaptureFormatException e) {
                continue;
            }
        }
        return earliest == Long.MAX_VALUE ? 0 : earliest;
    }

    /** Reads everything once; a fault ends that early, and is told about when the events are shown. */
    private static long lastTime(List<String> files) throws IOException {
        long latest = 0;
        for (String file : files) {
            try (ScapReader reader = ScapReader.open(file, null)) {
                Event event = new Event();
                while (reader.next(event) == Next.EVENT) {
                    latest = Math.max(latest, event.timestamp());
                }
            } catch (CaptureFormatException e) {
                continue;
            }
        }
        return latest;
    }

    /** The index that is used; null if there is none. */
    CaptureIndex index() {
        return whole instanceof IndexedCapture capture ? capture.index() : null;
    }

    /**
     * Copies the events that come next as they are, if it is one file, of which everything is wanted.
     *
     * @return how many; 0 if the next one has to be read
     */
    long copy(ScapWriter writer, UnchangedBlocks blocks) throws IOException {
        return whole == reader && part == whole ? writer.copy(reader, blocks) : 0;
    }

    /** Bytes of the file read so far; 0 for several files. */
    long fileOffset() {
        return reader == null ? 0 : reader.fileOffset();
    }

    /** Whether the state holds the captures' lists before the first event is read. */
    boolean listsRead() {
        return listsRead;
    }

    /** How often lists of files were taken into the state so far. */
    long lists() {
        return merged == null ? 1 : merged.listsRead();
    }

    /** Whether it is one file, of which can be told how much is read. */
    boolean single() {
        return reader != null;
    }

    /** How many events were passed over because a newer version wrote their types. */
    long unknownTypes() {
        return reader == null ? merged.unknownTypes() : reader.unknownTypes();
    }

    @Override
    public Next next(Event event) throws IOException {
        return part.next(event);
    }

    @Override
    public void close() throws IOException {
        whole.close();
    }
}
