package org.syscope.capture.scap;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.syscope.capture.state.StateSnapshot;

/**
 * Places in a capture from which it can be read on without what is before them, in a file beside it (its name with
 * {@code .idx} behind). At each place the whole state is saved, so what is shown from there on is what a pass from the
 * start shows. In a gzip file places are at the starts of members; a file of one member has none, and is read from its
 * start.
 *
 * <p>An index is used only if it fits: same length, same first and last 64 KiB, same versions, no damage. Numbers are big
 * endian.
 *
 * <pre>
 *  | "scapidx2" | state, deflated | state ... | directory | CRC32 of directory u32 | directory offset u64 | "scapidx2" |
 *
 *  directory: | state version u32 | capture length u64 | CRC32 of first, of last 64 KiB: u32 each |
 *             | events u64 | first time, last time: u64 ns each |
 *             | places u32 | per place: number of its first event u64, offset in the uncompressed data u64, offset in the
 *               file u64, latest time of an event before it u64 ns, state offset u64, length u32, inflated length u32,
 *               CRC32 of the deflated u32 |
 * </pre>
 */
public final class CaptureIndex {

    static final byte[] MAGIC = {'s', 'c', 'a', 'p', 'i', 'd', 'x', '2'};
    /** How many bytes of the magic number all versions of the index share. */
    private static final int FAMILY = 7;
    static final int FINGERPRINT = 64 << 10;
    private static final int TRAILER = 4 + 8 + 8;
    private static final long MAX_DIRECTORY = 1 << 30;

    private final Path file;
    private final long events;
    private final long firstTime;
    private final long lastTime;
    private final List<Place> places;

    /** A place to begin at. */
    record Place(long number, long offset, long entryPoint, long latestBefore, long stateOffset, int stateLength,
            int stateSize, int stateChecksum) {
    }

    private CaptureIndex(Path file, long events, long firstTime, long lastTime, List<Place> places) {
        this.file = file;
        this.events = events;
        this.firstTime = firstTime;
        this.lastTime = lastTime;
        this.places = places;
    }

    /** The index's file of a capture. */
    public static Path fileOf(Path capture) {
        return capture.resolveSibling(capture.getFileName() + ".idx");
    }

    /**
     * Deletes the index beside {@code capture}, whose content is gone or going to be another. One that cannot be deleted
     * stays: it does not fit any more.
     */
    public static void delete(Path capture) {
        Path file = fileOf(capture);
        try {
            if (Files.isRegularFile(file) && isIndex(file)) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            return;
        }
    }

    private static boolean isIndex(Path file) throws IOException {
        byte[] magic = new byte[MAGIC.length];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.read(ByteBuffer.wrap(magic));
        }
        return Arrays.equals(magic, 0, FAMILY, MAGIC, 0, FAMILY);
    }

    /** The index beside {@code capture}; null if there is none that fits. */
    public static CaptureIndex load(Path capture) {
        Path file = fileOf(capture);
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < MAGIC.length + TRAILER) {
                return null;
            }
            ByteBuffer trailer = read(channel, size - TRAILER, TRAILER);
            int checksum = trailer.getInt();
            long start = trailer.getLong();
            long length = size - TRAILER - start;
            byte[] magic = new byte[MAGIC.length];
            trailer.get(magic);
            if (!Arrays.equals(magic, MAGIC) || start < MAGIC.length || length < 0 || length > MAX_DIRECTORY) {
                return null;
            }
            byte[] directory = read(channel, start, (int) length).array();
            return checksum(directory) == checksum ? parse(file, directory, capture) : null;
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    private static CaptureIndex parse(Path file, byte[] directory, Path capture) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(directory))) {
            if (in.readInt() != StateSnapshot.VERSION) {
                return null;
            }
            long[] fingerprint = fingerprint(capture);
            if (in.readLong() != fingerprint[0] || in.readInt() != (int) fingerprint[1]
                    || in.readInt() != (int) fingerprint[2]) {
                return null;
            }
            long events = in.readLong();
            long firstTime = in.readLong();
            long lastTime = in.readLong();
            int count = in.readInt();
            List<Place> places = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                places.add(new Place(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readInt(),
                        in.readInt(), in.readInt()));
            }
            return new CaptureIndex(file, events, firstTime, lastTime, places);
        }
    }

    /** Length of a file, CRC32 of its first and of its last 64 KiB. */
    static long[] fingerprint(Path capture) throws IOException {
        try (FileChannel channel = FileChannel.open(capture, StandardOpenOption.READ)) {
            long size = channel.size();
            int part = (int) Math.min(size, FINGERPRINT);
            return new long[] {size, checksum(read(channel, 0, part).array()),
                checksum(read(channel, size - part, part).array())};
        }
    }

    static int checksum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private static ByteBuffer read(FileChannel channel, long offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                throw new IOException("truncated");
            }
        }
        return buffer.flip();
    }

    /** The last place before which there is no event of that time or later; null if the start of the file is it. */
    Place beforeTime(long time) {
        Place found = null;
        for (Place place : places) {
            if (place.latestBefore() < time) {
                found = place;
            }
        }
        return found;
    }

    /** The last place at or before the event of that number; null if the start of the file is it. */
    Place beforeEvent(long number) {
        Place found = null;
        for (Place place : places) {
            if (place.number() <= number) {
                found = place;
            }
        }
        return found;
    }

    /** The saved state at a place. */
    byte[] state(Place place) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            byte[] deflated = read(channel, place.stateOffset(), place.stateLength()).array();
            if (checksum(deflated) != place.stateChecksum()) {
                throw new IOException(file + ": the index is damaged");
            }
            Inflater inflater = new Inflater(true);
            try {
                byte[] state = new byte[place.stateSize()];
                inflater.setInput(deflated);
                int length = 0;
                while (length < state.length && !inflater.finished()) {
                    int count = inflater.inflate(state, length, state.length - length);
                    if (count == 0) {
                        throw new IOException(file + ": the index is damaged");
                    }
                    length += count;
                }
                return state;
            } catch (DataFormatException e) {
                throw new IOException(file + ": the index is damaged", e);
            } finally {
                inflater.end();
            }
        }
    }

    /** How many places there are to begin at, the start of the file not counted. */
    public int size() {
        return places.size();
    }

    /** How many events the capture has. */
    public long events() {
        return events;
    }

    /** Time of the first event that has one, ns since the epoch; 0 if none has. */
    public long firstTime() {
        return firstTime;
    }

    /** Latest time of an event, ns since the epoch; 0 if none has one. */
    public long lastTime() {
        return lastTime;
    }
}
