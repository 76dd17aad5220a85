package org.syscope.capture.scap;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.concurrent.Callable;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates one gzip member as {@link GzipMember} writes them; used for one after the other. */
final class InflatedMember implements Callable<InflatedMember>, AutoCloseable {

    private static final int TRAILER = 8;

    /** The uncompressed bytes, from 0 to {@link #length}. */
    MemorySegment data = MemorySegment.NULL;
    /** How many bytes {@link #data} has; -1 if the member is damaged. */
    long length;
    /** Where the member begins in the file. */
    long offset;
    /** How long the member is in the file. */
    int compressed;

    private final FileChannel channel;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private Arena arena;
    private ByteBuffer input = ByteBuffer.allocateDirect(1 << 19).order(ByteOrder.LITTLE_ENDIAN);
    private int expected;

    InflatedMember(FileChannel channel) {
        this.channel = channel;
    }

    /** Prepares for a member of that place and those lengths. */
    void next(long at, int memberLength, int dataLength) {
        offset = at;
        compressed = memberLength;
        expected = dataLength;
        if (data.byteSize() < dataLength) {
            close(arena);
            arena = Arena.ofShared();
            data = arena.allocate(Math.max(dataLength, GzipTarget.MEMBER), Long.BYTES);
        }
        if (input.capacity() < memberLength) {
            input = ByteBuffer.allocateDirect(Math.max(memberLength, 2 * input.capacity())).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    @Override
    public InflatedMember call() throws IOException {
        length = -1;
        input.limit(compressed).position(0);
        while (input.hasRemaining()) {
            if (channel.read(input, offset + input.position()) < 0) {
                return this;
            }
        }
        int end = compressed - TRAILER;
        input.limit(end).position(GzipMember.HEADER);
        inflater.reset();
        inflater.setInput(input);
        ByteBuffer output = data.asSlice(0, expected).asByteBuffer();
        try {
            while (!inflater.finished()) {
                if (inflater.inflate(output) == 0 && !inflater.finished()) {
                    return this;
                }
            }
        } catch (DataFormatException e) {
            return this;
        }
        crc.reset();
        crc.update(output.flip());
        input.limit(compressed);
        if (output.limit() == expected && inflater.getBytesRead() == end - GzipMember.HEADER
                && input.getInt(end) == (int) crc.getValue() && input.getInt(end + 4) == expected) {
            length = expected;
        }
        return this;
    }

    @Override
    public void close() {
        inflater.end();
        close(arena);
        data = MemorySegment.NULL;
    }

    private static void close(Arena arena) {
        if (arena != null) {
            arena.close();
        }
    }
}
