package org.syscope.capture.scap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.state.StateSnapshot;
import org.syscope.capture.state.SystemState;

/**
 * A capture file that can be entered in its middle. If there is an index that fits beside it, {@link #jumpToTime} and
 * {@link #jumpToEvent} go near the wanted place at once; without one they do nothing, and a long capture that is read to
 * its end gets one. After a jump events have the numbers they have in the whole file, and the state is what it would be;
 * a few events before the wanted place come first.
 */
public final class IndexedCapture implements EventSource {

    /** Captures below this length are read as fast as jumped in, bytes. */
    public static final long MIN_LENGTH = 32L << 20;

    /** Least distance of the places in the uncompressed data, bytes: a hundredth of a second of reading. */
    public static final long MIN_INTERVAL = 4L << 20;

    /** Most places in a file, about: each holds the whole state. */
    private static final int MAX_PLACES = 256;
    /** How much smaller gzip makes captures, about. */
    static final int USUAL_COMPRESSION = 8;

    private final ScapReader reader;
    private final SystemState state;
    private final CaptureIndex index;
    private final IndexBuilder builder;
    private boolean begun;

    private IndexedCapture(ScapReader reader, SystemState state, CaptureIndex index, IndexBuilder builder) {
        this.reader = reader;
        this.state = state;
        this.index = index;
        this.builder = builder;
    }

    /**
     * Opens a capture, as {@link ScapReader#open} does.
     *
     * @param name a path, or {@code -} for standard input, which has no index
     * @param state takes the lists in, and is saved in an index that is made: the caller must have it process each event
     * @param environment where SUDO_UID and SUDO_GID are looked for: an index belongs to that user
     */
    public static IndexedCapture open(String name, SystemState state, Map<String, String> environment) throws IOException {
        return open(name, state, environment, MIN_LENGTH, MIN_INTERVAL);
    }

    static IndexedCapture open(String name, SystemState state, Map<String, String> environment, long minLength,
            long minInterval) throws IOException {
        ScapReader reader = ScapReader.open(name, state);
        CaptureIndex index = null;
        IndexBuilder builder = null;
        if (!name.equals("-")) {
            Path path = Path.of(name);
            if (Files.isRegularFile(path) && (reader.compressed() || Files.size(path) >= minLength)) {
                index = CaptureIndex.load(path);
                long data = Files.size(path) * (reader.compressed() ? USUAL_COMPRESSION : 1);
                builder = index != null ? null
                        : new IndexBuilder(path, state, Math.max(minInterval, data / MAX_PLACES), false, environment);
            }
        }
        return new IndexedCapture(reader, state, index, builder);
    }

    /** The index in use; null if there is none. */
    public CaptureIndex index() {
        return index;
    }

    /** The reader below, for its counters. */
    public ScapReader reader() {
        return reader;
    }

    /** Why no index could be made; null if nothing went wrong. */
    public String indexProblem() {
        return builder == null ? null : builder.problem();
    }

    /**
     * Goes to before the first event of that time or later; only before the first {@link #next}.
     *
     * @param time ns since the epoch
     * @return whether that spares anything
     */
    public boolean jumpToTime(long time) throws IOException {
        return index != null && jump(index.beforeTime(time));
    }

    /** Goes to before the event of that number, likewise. */
    public boolean jumpToEvent(long number) throws IOException {
        return index != null && jump(index.beforeEvent(number));
    }

    private boolean jump(CaptureIndex.Place place) throws IOException {
        if (begun) {
            throw new IllegalStateException("events were read already");
        }
        if (place == null) {
            return false;
        }
        byte[] saved = index.state(place);
        StateSnapshot.restore(saved, state);
        reader.seek(place.entryPoint(), place.offset(), place.number());
        return true;
    }

    @Override
    public Next next(Event event) throws IOException {
        begun = true;
        Next found = reader.next(event);
        if (builder != null) {
            if (found == Next.EVENT) {
                builder.event(reader, event);
            } else if (found == Next.END) {
                builder.end();
            }
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        if (builder != null) {
            builder.close();
        }
        reader.close();
    }
}
