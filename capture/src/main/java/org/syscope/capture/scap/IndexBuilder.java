package org.syscope.capture.scap;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.Deflater;
import org.syscope.capture.event.Event;
import org.syscope.capture.state.StateSnapshot;
import org.syscope.capture.state.SystemState;

/**
 * Makes a capture's index while it is read from start to end. States go into a file under another name at once; it gets
 * its own name when it is complete. If it cannot be written, there is no index, and reading goes on.
 */
final class IndexBuilder implements AutoCloseable {

    /** Of a capture that is still written the length is not known: the further in, the wider apart the places. */
    private static final int GROWING_FRACTION = 128;
    /** A state of at least so many bytes, of hundreds of processes, costs time and room: its places lie further apart. */
    private static final int LARGE_STATE = 256 << 10;
    /** How many times as long as a large state the data from its place to the next one are at least. */
    private static final long LARGE_STATE_TIMES = 8;

    private final Path capture;
    private final Path temporary;
    private final SystemState state;
    private final long interval;
    private final boolean growing;
    private final Map<String, String> environment;
    private final List<CaptureIndex.Place> places = new ArrayList<>();
    private DataOutputStream out;
    private long written;
    private long nextOffset;
    private long events;
    private long firstTime;
    private long latest;
    private String problem;
    private boolean done;

    /**
     * An index with a place every {@code interval} bytes of uncompressed data.
     *
     * @param growing whether the capture is still written: places get wider apart, so that there are not too many
     */
    IndexBuilder(Path capture, SystemState state, long interval, boolean growing, Map<String, String> environment) {
        this.capture = capture;
        this.temporary = capture.resolveSibling(capture.getFileName() + ".idx.part");
        this.state = state;
        this.interval = interval;
        this.growing = growing;
        this.environment = environment;
        this.nextOffset = interval;
    }

    /** Looks at an event that was read; the state is that before it. */
    void event(ScapReader reader, Event event) {
        if (done) {
            return;
        }
        events++;
        if (reader.eventOffset() >= nextOffset) {
            long entryPoint = reader.entryPoint();
            if (entryPoint >= 0) {
                int size = place(event.number(), reader.eventOffset(), entryPoint);
                long distance = Math.max(interval, growing ? reader.eventOffset() / GROWING_FRACTION : 0);
                nextOffset = reader.eventOffset()
                        + Math.max(distance, size < LARGE_STATE ? 0 : LARGE_STATE_TIMES * size);
            }
        }
        long time = event.timestamp();
        if (time > latest) {
            firstTime = firstTime == 0 ? time : firstTime;
            latest = time;
        }
    }

    /** Saves the state; how many bytes it has. */
    private int place(long number, long offset, long entryPoint) {
        try {
            if (out == null) {
                create();
            }
            byte[] bytes = StateSnapshot.save(state);
            byte[] deflated = deflate(bytes);
            places.add(new CaptureIndex.Place(number, offset, entryPoint, latest, written, deflated.length, bytes.length,
                    CaptureIndex.checksum(deflated)));
            out.write(deflated);
            written += deflated.length;
            return bytes.length;
        } catch (IOException e) {
            give(e.getMessage());
            return 0;
        }
    }

    private void create() throws IOException {
        FileChannel channel = FileChannel.open(temporary,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        OutputStream stream = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        out = new DataOutputStream(stream);
        CaptureFile.giveAway(temporary, environment);
        out.write(CaptureIndex.MAGIC);
        written = CaptureIndex.MAGIC.length;
    }

    private static byte[] deflate(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            ByteArrayOutputStream result = new ByteArrayOutputStream();
            byte[] part = new byte[1 << 16];
            deflater.setInput(bytes);
            deflater.finish();
            while (!deflater.finished()) {
                result.write(part, 0, deflater.deflate(part));
            }
            return result.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /** The capture has ended: completes the index, if there is a place in it. */
    void end() {
        if (done || out == null) {
            done = true;
            return;
        }
        try {
            byte[] directory = directory();
            out.write(directory);
            out.writeInt(CaptureIndex.checksum(directory));
            out.writeLong(written);
            out.write(CaptureIndex.MAGIC);
            out.close();
            out = null;
            Files.move(temporary, CaptureIndex.fileOf(capture), StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            done = true;
        } catch (IOException e) {
            give(e.getMessage());
        }
    }

    private byte[] directory() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream directory = new DataOutputStream(bytes);
        long[] fingerprint = CaptureIndex.fingerprint(capture);
        directory.writeInt(StateSnapshot.VERSION);
        directory.writeLong(fingerprint[0]);
        directory.writeInt((int) fingerprint[1]);
        directory.writeInt((int) fingerprint[2]);
        directory.writeLong(events);
        directory.writeLong(firstTime);
        directory.writeLong(latest);
        directory.writeInt(places.size());
        for (CaptureIndex.Place place : places) {
            directory.writeLong(place.number());
            directory.writeLong(place.offset());
            directory.writeLong(place.entryPoint());
            directory.writeLong(place.latestBefore());
            directory.writeLong(place.stateOffset());
            directory.writeInt(place.stateLength());
            directory.writeInt(place.stateSize());
            directory.writeInt(place.stateChecksum());
        }
        return bytes.toByteArray();
    }

    /** Why there is no index although the capture is long enough for one; null if nothing went wrong. */
    String problem() {
        return problem;
    }

    private void give(String reason) {
        problem = reason;
        done = true;
        close();
    }

    /** Drops an index that is not complete. */
    @Override
    public void close() {
        done = true;
        if (out != null) {
            try {
                out.close();
                Files.deleteIfExists(temporary);
            } catch (IOException e) {
                problem = e.getMessage();
            }
            out = null;
        }
    }
}
