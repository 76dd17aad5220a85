package org.syscope.capture.scap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayDeque;
import org.syscope.capture.event.Event;

/**
 * Writes files that follow each other. Each opens on its own: it begins with the system as it is at its first event.
 *
 * <p>Names: the given one with a counter from 0 behind it, as wide as the number of kept files, going back to 0 behind the
 * last of them; if files change with time and the given name has a {@code %}, the time as strftime puts it instead, and
 * the counter behind that if they also change with size. If a number of files is to be kept, the oldest one is deleted
 * when there are more.
 */
public final class RotatingWriter implements CaptureSink {

    private static final long SECOND = 1_000_000_000;
    private static final long NO_TIME = -1;

    private final Opener opener;
    private final Rotation rotation;
    private final FileNames names;
    private final ArrayDeque<String> kept = new ArrayDeque<>();
    private ScapWriter current;
    private long fileStart = NO_TIME;
    private long eventsBefore;

    /** Opens one file after the other. */
    @FunctionalInterface
    public interface Opener {
        /** Creates the file of that name and writes the lists of this moment. */
        ScapWriter open(String name) throws IOException;
    }

    /**
     * Opens the first file.
     *
     * @param base the name as it was given
     * @param zone of the time in names
     * @param time of the first file's name, ns since the epoch
     */
    public RotatingWriter(String base, Rotation rotation, ZoneId zone, long time, Opener opener) throws IOException {
        this.opener = opener;
        this.rotation = rotation;
        this.names = new FileNames(base, rotation, zone);
        open(time);
    }

    private void open(long time) throws IOException {
        String name = names.next(time);
        kept.remove(name);
        current = opener.open(name);
        kept.add(name);
        if (rotation.files() > 0 && kept.size() > rotation.files()) {
            Path oldest = Path.of(kept.remove());
            current.afterwards(last -> {
                Files.deleteIfExists(oldest);
                CaptureIndex.delete(oldest);
            });
        }
    }

    @Override
    public void write(Event event, int flags) throws IOException {
        long time = event.timestamp();
        if (fileStart == NO_TIME) {
            fileStart = time;
        } else if (full(time)) {
            current.finish();
            long recorded = current.recorded();
            open(time);
            eventsBefore += recorded;
            fileStart = time;
        }
        current.write(event, flags);
    }

    private boolean full(long time) {
        return rotation.bytes() > 0 && current.bytes() > rotation.bytes()
                || rotation.seconds() > 0 && time - fileStart >= rotation.seconds() * SECOND
                || rotation.events() > 0 && current.events() >= rotation.events();
    }

    /** Names of the files that are there, oldest first. */
    public Iterable<String> files() {
        return kept;
    }

    @Override
    public void flush() throws IOException {
        current.flush();
    }

    @Override
    public long events() {
        return eventsBefore + current.events();
    }

    @Override
    public void close() throws IOException {
        current.close();
    }
}
